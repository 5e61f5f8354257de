using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Recording;

namespace Ticklake.Tests.Simulated;

/// <summary>One line of the matrix as it came out.</summary>
sealed record FaultOutcome(
    string Exchange, string Name, string Declared, string Found, string Hole, string Healed, string Books, Exception? Failure);

/// <summary>Plays one case of the matrix from the connection to the sealed segments.</summary>
sealed class FaultRun(FaultCase fault)
{
    string _found = "-";
    string _hole = "-";
    string _healed = "-";
    string _books = "-";

    public async Task<FaultOutcome> RunAsync()
    {
        try
        {
            await using var rig = await RecordingRig.StartAsync(
                [fault.Exchange], fault.IsFromTheStart ? fault.Faults : null, Configure);
            await PlayAsync(rig);
            await JudgeAsync(rig);
            return Outcome(null);
        }
        catch (Exception e)
        {
            return Outcome(e);
        }
    }

    RecorderOptions Configure(RecorderOptions options) => options with
    {
        Session = options.Session with { ReconcileInterval = fault.ReconcileEvery },
        Markets =
        [
            .. options.Markets.Select(market => market with
            {
                Streams =
                [
                    .. market.Streams.Select(
                        s => s.Channel == Channel.Books ? s with { Variant = fault.BookVariant ?? s.Variant } : s),
                ],
            }),
        ],
    };

    async Task PlayAsync(RecordingRig rig)
    {
        if (!fault.IsFromTheStart)
        {
            await rig.AllLiveAsync();
            await rig.UntilAsync("the books are whole", () => TrueBooks.AreWhole(rig));
            await rig.PassAsync(TimeSpan.FromSeconds(2));
        }

        var before = rig.Connection;
        var armed = fault.IsFromTheStart ? [] : fault.Faults.Select(rig.Simulator.Faults.Arm).ToList();
        var about = armed.Count > 0 ? armed[^1].Ordinal : 1;
        await rig.UntilAsync($"{fault} strikes", () => rig.Simulator.Truth.Faults.Any(f => f.Fault == about));
        var struck = rig.Now;
        await rig.UntilAsync($"{fault} is healed ({fault.Cure})", () => IsHealed(rig, before));
        var took = rig.Now - struck;
        _healed = fault.Cure == Cure.None ? "nothing to heal" : $"{fault.Cure} after {took.TotalSeconds:F1} s";
        if (fault.Cure != Cure.None)
        {
            took.ShouldBeLessThan(fault.Within, fault.ToString());
            took.ShouldBeGreaterThan(fault.NotBefore, fault.ToString());
        }

        await rig.PassAsync(fault.Lasts + TimeSpan.FromSeconds(3));
    }

    bool IsHealed(RecordingRig rig, ConnectionStatus before) => fault.Cure switch
    {
        Cure.None => fault.Kinds.Length == 0 || rig.Findings.Any(f => f.Kind == fault.Kinds[^1]),
        Cure.Resynced => rig.Findings.Any(f => f.Kind == IntegrityKind.Resynced),
        Cure.Resubscribed => rig.IsLive && (fault.Hole is null || rig.Findings.Any(f => f.Kind == fault.Hole)),
        Cure.Reconnected => rig.IsLive && rig.Connection.Reconnects > before.Reconnects,
        _ => rig.IsLive && rig.Connection.ConnId != before.ConnId,
    };

    async Task JudgeAsync(RecordingRig rig)
    {
        await rig.FreezeAsync();
        string? difference = null;
        await Eventually.IsTrueAsync(
            $"{fault}: books equal the truth",
            TimeSpan.FromSeconds(20),
            () => (difference = TrueBooks.Difference(rig, fault.Exchange)) is null,
            () => $"{difference} {rig.Describe()}");
        _books = "equal";
        await rig.StopAsync();
        var lake = new RecordedLake(rig.Data);
        var controls = lake.Controls(fault.Exchange);
        foreach (var kind in fault.Kinds)
            controls.ShouldContain(c => c.Kind == kind, $"{fault}: declares {kind}; {rig.Describe()}");
        string[] expected = [.. fault.Kinds, .. fault.Also, IntegrityKind.Resynced];
        rig.Findings.Select(f => f.Kind).Distinct().Except(expected).ShouldBeEmpty($"{fault}: nothing else; {rig.Describe()}");
        JudgeFrame(rig, lake, controls);
        JudgeHole(lake, rig);
        JudgeRows(rig, lake);
        CoverageTruth.ShouldAgree(rig);
        CoverageTruth.HolesShouldHoldWhatIsMissing(rig, lake, fault.Exchange);
    }

    // The finding's journal line holds the very frame that first shows the fault.
    void JudgeFrame(RecordingRig rig, RecordedLake lake, List<ControlRow> controls)
    {
        var struck = rig.Simulator.Truth.Faults[0];
        if (fault.Kinds.Length == 0)
        {
            _found = "no fault to the receiver";
            return;
        }

        var first = controls.First(c => c.Kind == fault.Kinds[0]);
        var isShown = struck.VisibleFrame > 0 && fault.Kinds[0] is not ("error" or "close" or "heartbeat_lost" or "stream_silent");
        if (!isShown || struck.Connection == 0)
        {
            _found = struck.VisibleFrame > 0 ? "after its frame" : "no frame shows it";
            return;
        }

        // Where nothing counts, only the late frame itself shows that it is late: the one behind that which overtook it.
        var behind = fault.Kinds[0] == IntegrityKind.OutOfOrder ? 1 : 0;
        // A fault of several connections shows on each; which of them is read first is chance.
        var shown = rig.Simulator.Truth.Faults.Where(f => f.Fault == struck.Fault && f is { Connection: > 0, VisibleFrame: > 0 })
            .DistinctBy(f => f.Connection).Select(f => Text(rig, f.Connection, f.VisibleFrame + behind));
        shown.ShouldContain(
            lake.Frame(first.SourceFile, first.Line), $"{fault}: found at the first frame that shows it; {rig.Describe()}");
        _found = $"first frame, {struck.VisibleFrame + behind}";
    }

    static string? Text(RecordingRig rig, int connection, long ordinal) =>
        rig.Simulator.Truth.Frames(connection).Single(f => f.Ordinal == ordinal).Text;

    void JudgeHole(RecordedLake lake, RecordingRig rig)
    {
        var data = lake.Streams.Where(s => s.Channel != Channel.Controls).ToList();
        if (fault.Hole is not { } reason)
        {
            data.SelectMany(lake.Holes).ShouldBeEmpty($"{fault}: no hole; {rig.Describe()}");
            _hole = "none";
            return;
        }

        var hurt = data.Where(s => fault.HoleIn is null || s.Channel.Name() == fault.HoleIn).ToList();
        foreach (var stream in hurt)
            lake.Holes(stream).ShouldContain(g => g.Reason == reason, $"{fault}: {stream} declares it; {rig.Describe()}");
        _hole = $"{reason} in {fault.HoleIn ?? "every stream"}";
    }

    void JudgeRows(RecordingRig rig, RecordedLake lake)
    {
        if (fault.IsWhole)
            TrueRows.ShouldBeComplete(rig, lake, fault.Exchange);
        else if (fault is { Cure: Cure.Replaced, Hole: null })
            TrueRows.TradesShouldBeComplete(rig, lake, fault.Exchange);
        else
            TrueRows.TradesShouldBeTrue(rig, lake, fault.Exchange);
    }

    FaultOutcome Outcome(Exception? failure) => new(
        fault.Exchange, fault.Name, fault.Kinds.Length == 0 ? "nothing" : string.Join(", ", fault.Kinds), _found, _hole, _healed,
        _books, failure);
}
