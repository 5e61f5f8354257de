namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// Events of the frame at hand, kept until it has been read to its end. One list per decoder and kind.
/// </summary>
sealed class CoinbaseFound<TEvent>
    where TEvent : struct
{
    TEvent[] _events = new TEvent[64];

    public int Count { get; private set; }

    public Span<TEvent> Written => _events.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(in TEvent found)
    {
        if (Count == _events.Length)
            Array.Resize(ref _events, Count * 2);
        _events[Count++] = found;
    }
}
