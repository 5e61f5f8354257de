namespace Ticklake.Runtime.Sessions;

/// <summary>What others may wait for in a session's life. Completed by the session, awaited from any thread.</summary>
sealed class SessionMilestones
{
    /// <summary>Every stream delivers or is refused (true), or the connection ended before (false).</summary>
    public TaskCompletionSource<bool> Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The exchange announced that it will cut the connection.</summary>
    public TaskCompletionSource<string> ReplacementDue { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The connection is over.</summary>
    public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a waiting session takes over (true) or is given up; told by its keeper.</summary>
    public TaskCompletionSource<bool> Verdict { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every row is handed on.</summary>
    public TaskCompletionSource HandedOver { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The connection ended, or never came to be.</summary>
    public void EndConnection()
    {
        Settled.TrySetResult(false);
        Over.TrySetResult();
    }
}
