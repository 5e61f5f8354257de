using System.Collections.Concurrent;
using Ticklake.Exchanges.Transport;

namespace Ticklake.Runtime.Sessions;

/// <summary>What other threads want done on a session's thread, in order. Posted from any thread; run by the session's.</summary>
sealed class SessionQueue(WakeSignal wake)
{
    readonly ConcurrentQueue<Action> _posted = new();

    public void Post(Action action)
    {
        _posted.Enqueue(action);
        wake.Set();
    }

    /// <summary>Posts a question; never completes where the session's loop has ended.</summary>
    public Task<T> AskAsync<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => answer.TrySetResult(question()));
        return answer.Task;
    }

    public bool TryRunNext()
    {
        if (!_posted.TryDequeue(out var action))
            return false;
        action();
        return true;
    }
}
