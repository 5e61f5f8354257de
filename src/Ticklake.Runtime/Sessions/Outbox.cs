using Ticklake.Exchanges;

namespace Ticklake.Runtime.Sessions;

/// <summary>Requests waiting to be sent on one connection, no faster than the exchange allows. Session thread only.</summary>
sealed class Outbox(TimeSpan interval)
{
    readonly Queue<(byte[] Frame, SubscriptionRequest? Request)> _waiting = new();
    byte[]? _first;
    DateTimeOffset _next;

    public bool IsEmpty => _waiting.Count == 0 && _first is null;

    /// <summary>A probe: goes before everything that waits, in place of one that has not gone yet.</summary>
    public void AddFirst(byte[] frame) => _first = frame;

    public void Add(byte[] frame) => _waiting.Enqueue((frame, null));

    public void Add(SubscriptionRequest request) => _waiting.Enqueue((request.Frame, request));

    /// <summary>The next frame that may be sent now.</summary>
    public bool TryTake(DateTimeOffset now, out byte[] frame, out SubscriptionRequest? request)
    {
        frame = [];
        request = null;
        // A clock that was set back must not keep requests for as long.
        if (now < _next && _next - now <= interval)
            return false;
        if (_first is { } first)
            (frame, _first) = (first, null);
        else if (_waiting.TryDequeue(out var next))
            (frame, request) = next;
        else
            return false;
        _next = now + interval;
        return true;
    }
}
