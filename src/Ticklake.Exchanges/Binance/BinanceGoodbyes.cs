namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Ids of UNSUBSCRIBE requests without an answer: the answer, <c>{"result":null,"id":2}</c>, is that of SUBSCRIBE. On its
/// session's thread.
/// </summary>
sealed class BinanceGoodbyes
{
    // An answer comes at once or never: beyond so many the oldest are forgotten.
    const int MostWaiting = 1024;

    readonly Queue<long> _waiting = new();

    /// <summary>Takes note of a request that was sent.</summary>
    public void Sent(ReadOnlySpan<byte> frame)
    {
        if (!BinanceEnvelope.TryRead(frame, out var request) || !request.Method.SequenceEqual("UNSUBSCRIBE"u8)
            || BinanceNotices.NumberOf(request.Id) is not { } id)
            return;
        if (_waiting.Count == MostWaiting)
            _waiting.Dequeue();
        _waiting.Enqueue(id);
    }

    /// <summary>The answer with this id is that of a goodbye.</summary>
    public bool Take(ReadOnlySpan<byte> id)
    {
        if (_waiting.Count == 0 || BinanceNotices.NumberOf(id) is not { } number || !_waiting.Contains(number))
            return false;
        // Answers come in the order of the requests: what stands before it was never answered.
        while (_waiting.Dequeue() != number)
        {
        }

        return true;
    }
}
