using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// The streams of a connection. Frames name a pair, a candle's <c>1m_BTC_USDT</c> or a book's <c>ob.BTC_USDT.400</c>; one
/// table a channel keeps them apart. On its session's thread.
/// </summary>
sealed class GateioStreams
{
    const int LongestName = 128;

    readonly NamedStreams<NamedStream>[] _tables =
        [.. Enum.GetValues<GateioStreamKind>().Select(_ => new NamedStreams<NamedStream>())];

    readonly byte[] _name = new byte[LongestName];

    /// <summary>The stream of this name, open or new; null if none that is recorded.</summary>
    public NamedStream? Find(GateioStreamKind kind, ReadOnlySpan<byte> name) =>
        _tables[(int)kind].FindOpen(name) ?? Describe(kind, name);

    /// <summary>As <see cref="Find(GateioStreamKind, ReadOnlySpan{byte})"/>, where frames name the levels apart.</summary>
    public NamedStream? Find(GateioStreamKind kind, ReadOnlySpan<byte> pair, ReadOnlySpan<byte> levels)
    {
        var length = pair.Length + 1 + levels.Length;
        if (length > LongestName)
            return null;
        pair.CopyTo(_name);
        _name[pair.Length] = (byte)'.';
        levels.CopyTo(_name.AsSpan(pair.Length + 1));
        return Find(kind, _name.AsSpan(0, length));
    }

    /// <summary>The slot of a stream whose frame has been read to its end.</summary>
    public Core.Events.StreamSlot SlotOf(GateioStreamKind kind, NamedStream stream, Core.Events.IEventWriter writer) =>
        _tables[(int)kind].SlotOf(stream, writer);

    NamedStream? Describe(GateioStreamKind kind, ReadOnlySpan<byte> name)
    {
        if (_tables[(int)kind].Open.Count >= FrameLimits.Streams || name.Length > LongestName || !MayBeRecorded(kind, name))
            return null;
        var text = JsonText.Decode(name);
        var key = kind switch
        {
            GateioStreamKind.BookTicker => Plain(Channel.BookTicker, text),
            GateioStreamKind.Trades => Plain(Channel.Trades, text),
            GateioStreamKind.Ticker => Plain(Channel.Ticker, text),
            GateioStreamKind.Candles => Candles(text),
            GateioStreamKind.Book => Book(text),
            GateioStreamKind.BookUpdate => Leveled(Channel.Books, text),
            _ => Leveled(Channel.DepthSnapshots, text),
        };
        return key is null ? null : new NamedStream(name.ToArray(), key);
    }

    /// <summary>A glance that costs nothing; reading the name says for certain.</summary>
    static bool MayBeRecorded(GateioStreamKind kind, ReadOnlySpan<byte> name) =>
        kind != GateioStreamKind.Book || name.EndsWith(".400"u8) || name.EndsWith(".50"u8);

    static StreamKey? Plain(Channel channel, string pair, string variant = "") =>
        GateioInstruments.FaultOf(pair) is null ? new StreamKey(GateioExchange.Spot, channel, pair, variant) : null;

    /// <summary>The timeframe ends at the first underscore, the pair has one of its own.</summary>
    static StreamKey? Candles(string name)
    {
        var at = name.IndexOf('_');
        return at > 0 && GateioChannels.Timeframes.Contains(name[..at])
            ? Plain(Channel.Candles, name[(at + 1)..], name[..at])
            : null;
    }

    /// <summary>Only the first and the last dot separate: pairs may hold dots.</summary>
    static StreamKey? Book(string name)
    {
        var levels = name.LastIndexOf('.');
        if (levels < 3 || !name.StartsWith("ob.", StringComparison.Ordinal))
            return null;
        return name[(levels + 1)..] switch
        {
            GateioChannels.DeepLevels => Plain(Channel.Books, name[3..levels]),
            GateioChannels.FastLevels => Plain(Channel.Books, name[3..levels], GateioChannels.FastLevels),
            _ => null,
        };
    }

    static StreamKey? Leveled(Channel channel, string name)
    {
        var dot = name.LastIndexOf('.');
        return Plain(channel, name[..dot], name[(dot + 1)..]);
    }
}
