using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>The streams of a connection by name, at most 1,024.</summary>
sealed class BinanceStreams : NamedStreams<BinanceStream>
{
    /// <summary>The stream of this name, open or new; null if none that is recorded.</summary>
    public BinanceStream? Find(ReadOnlySpan<byte> name) => FindOpen(name) ?? Describe(name);

    BinanceStream? Describe(ReadOnlySpan<byte> name) =>
        Open.Count < FrameLimits.Streams
        && BinanceStreamName.MayBeRecorded(name)
        && BinanceStreamName.TryParse(JsonText.Decode(name), out var kind, out var key)
            ? new BinanceStream(name.ToArray(), kind, key)
            : null;
}
