namespace Ticklake.Runtime.Sessions;

/// <summary>A share of a <see cref="RateBudget"/>, in use until it is disposed: when the answer has come, or none will.</summary>
public sealed class RateLease(Action end) : IDisposable
{
    Action? _end = end;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
