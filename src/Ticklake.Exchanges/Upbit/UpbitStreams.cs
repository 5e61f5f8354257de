using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// The streams of a connection: a table for each kind, by market code, candles by type and code. On its session's thread.
/// </summary>
sealed class UpbitStreams
{
    const int LongestName = 96;

    readonly NamedStreams<NamedStream>[] _tables =
        [.. Enum.GetValues<UpbitStreamKind>().Select(_ => new NamedStreams<NamedStream>())];

    readonly byte[] _name = new byte[LongestName];

    /// <summary>The stream of this type and code, open or new; null if none that is recorded.</summary>
    public NamedStream? Find(UpbitStreamKind kind, ReadOnlySpan<byte> type, ReadOnlySpan<byte> code)
    {
        if (kind != UpbitStreamKind.Candle)
            return _tables[(int)kind].FindOpen(code) ?? Describe(kind, code, default, code);
        var length = type.Length + 1 + code.Length;
        if (length > LongestName)
            return null;
        type.CopyTo(_name);
        _name[type.Length] = (byte)' ';
        code.CopyTo(_name.AsSpan(type.Length + 1));
        var name = _name.AsSpan(0, length);
        return _tables[(int)kind].FindOpen(name) ?? Describe(kind, name, type["candle.".Length..], code);
    }

    /// <summary>The slot of a stream whose frame has been read to its end.</summary>
    public StreamSlot SlotOf(UpbitStreamKind kind, NamedStream stream, IEventWriter writer) =>
        _tables[(int)kind].SlotOf(stream, writer);

    NamedStream? Describe(
        UpbitStreamKind kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> timeframe, ReadOnlySpan<byte> code)
    {
        if (_tables[(int)kind].Open.Count >= FrameLimits.Streams || name.Length > LongestName)
            return null;
        var (symbol, variant) = (JsonText.Decode(code), JsonText.Decode(timeframe));
        if (UpbitInstruments.FaultOf(symbol) is not null)
            return null;
        var channel = kind switch
        {
            UpbitStreamKind.Book => Channel.Books,
            UpbitStreamKind.Trade => Channel.Trades,
            UpbitStreamKind.Ticker => Channel.Ticker,
            _ => Channel.Candles,
        };
        return new NamedStream(name.ToArray(), new StreamKey(UpbitExchange.Spot, channel, symbol, variant));
    }
}
