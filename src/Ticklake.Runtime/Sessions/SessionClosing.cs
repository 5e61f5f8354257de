using Ticklake.Core.Time;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// The end of a session: a waiting one learns whether it takes over, the rows are handed on, the journal is closed. After the
/// session's loop has ended; one caller.
/// </summary>
sealed class SessionClosing(SessionSurroundings around, JournalWriter journal, LineIntake intake, SessionMilestones milestones)
{
    /// <summary>True where the journal ends with the word that the session was given up.</summary>
    public async Task<bool> RunAsync()
    {
        if (intake.IsStandby)
        {
            var takesOver = await milestones.Verdict.Task.ConfigureAwait(false);
            var now = TimestampNs.Now(around.Clock);
            if (takesOver)
                intake.TakeOver(now);
            else
                intake.Happened(Occurrence.StandbyDropped(), now);
        }

        intake.End();
        milestones.HandedOver.TrySetResult();
        return await CloseJournalAsync().ConfigureAwait(false) && intake.IsStandby;
    }

    /// <summary>False where the disk refused the last lines.</summary>
    async Task<bool> CloseJournalAsync()
    {
        try
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            return true;
        }
        catch (JournalFaultedException e)
        {
            LogMessages.JournalFaulted(around.Log, e.Message);
            around.LiveJournals.RemoveCutShort(journal.ConnId, e);
            return false;
        }
        finally
        {
            around.LiveJournals.Remove(journal.ConnId);
        }
    }
}
