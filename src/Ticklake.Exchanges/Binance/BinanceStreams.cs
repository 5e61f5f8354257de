using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>The streams of a connection by name, at most 1,024.</summary>
sealed class BinanceStreams(BinanceProfile profile) : NamedStreams<BinanceStream>
{
    readonly byte[] _builtName = new byte[128];

    /// <summary>The stream of this name, open or new; null if none that is recorded.</summary>
    public BinanceStream? Find(ReadOnlySpan<byte> name) => FindOpen(name) ?? Describe(name);

    /// <summary>The stream of a symbol as payloads write it, <c>@type</c> and, of candles, interval.</summary>
    public BinanceStream? Find(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> type, ReadOnlySpan<byte> interval = default)
    {
        var length = symbol.Length + type.Length + interval.Length;
        if (symbol.IsEmpty || length > _builtName.Length)
            return null;
        symbol.CopyTo(_builtName);
        type.CopyTo(_builtName.AsSpan(symbol.Length));
        interval.CopyTo(_builtName.AsSpan(symbol.Length + type.Length));
        return Find(_builtName.AsSpan(0, length));
    }

    BinanceStream? Describe(ReadOnlySpan<byte> name) =>
        Open.Count < FrameLimits.Streams
        && BinanceStreamName.MayBeRecorded(name)
        && BinanceStreamName.TryParse(profile, JsonText.Decode(name), out var kind, out var key)
            ? new BinanceStream(name.ToArray(), kind, key)
            : null;
}
