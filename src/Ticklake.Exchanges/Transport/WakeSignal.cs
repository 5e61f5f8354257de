using System.Threading.Tasks.Sources;

namespace Ticklake.Exchanges.Transport;

/// <summary>
/// Lets one waiter sleep until anybody sets it; sets without a waiter are remembered once. Allocates nothing. Set from any
/// thread; waited on by the session's loop only.
/// </summary>
public sealed class WakeSignal : IValueTaskSource
{
    const int Quiet = 0;
    const int Raised = 1;
    const int Awaited = 2;

    ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    int _state;

    public void Set()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Raised:
                    return;
                case Quiet when Interlocked.CompareExchange(ref _state, Raised, Quiet) == Quiet:
                    return;
                case Awaited when Interlocked.CompareExchange(ref _state, Quiet, Awaited) == Awaited:
                    _source.SetResult(true);
                    return;
            }
        }
    }

    public ValueTask WaitAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Quiet, Raised) == Raised)
            return ValueTask.CompletedTask;
        _source.Reset();
        if (Interlocked.CompareExchange(ref _state, Awaited, Quiet) == Quiet)
            return new ValueTask(this, _source.Version);
        Volatile.Write(ref _state, Quiet);
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
