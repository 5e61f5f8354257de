using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// Channel names and payloads, and the variants of streams. A book's variant is its number of levels, which decides the
/// feed: 400 (default) and 50 are order book V2, 100 and 20 the older feed with snapshots by REST.
/// </summary>
static class GateioChannels
{
    public const string DeepLevels = "400";
    public const string FastLevels = "50";

    /// <summary>Levels of <c>spot.order_book_update</c> at 100 ms.</summary>
    public const string UpdateLevels = "100";

    /// <summary>Levels of <c>spot.order_book_update</c> at 20 ms.</summary>
    public const string FastUpdateLevels = "20";

    public const string TopLevels = "20";

    /// <summary>As frames write it: old ones do not say how many levels they have.</summary>
    public static ReadOnlySpan<byte> TopLevelsText => "20"u8;

    public static readonly string[] BookLevels = [DeepLevels, FastLevels, UpdateLevels, FastUpdateLevels];

    public static readonly string[] Tops = [TopLevels, "5", "10", "50", "100"];

    /// <summary>Of the WebSocket; REST has fewer.</summary>
    public static readonly string[] Timeframes =
    [
        "10s", "30s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "7d", "30d",
    ];

    /// <summary>The channel that a stream is subscribed on.</summary>
    public static string NameOf(StreamKey key) => key.Channel switch
    {
        Channel.BookTicker => "spot.book_ticker",
        Channel.Trades => "spot.trades",
        Channel.Ticker => "spot.tickers",
        Channel.Candles => "spot.candlesticks",
        Channel.Books => IsBridged(key) ? "spot.order_book_update" : "spot.obu",
        Channel.DepthSnapshots => "spot.order_book",
        _ => throw new ArgumentException($"Gate.io has no {key.Channel.Name()}.", nameof(key)),
    };

    /// <summary>What a subscription says of the stream.</summary>
    public static string[] PayloadOf(StreamKey key) => key.Channel switch
    {
        Channel.Candles => [key.Variant, key.Symbol],
        Channel.Books when key.Variant == UpdateLevels => [key.Symbol, "100ms"],
        Channel.Books when key.Variant == FastUpdateLevels => [key.Symbol, "20ms"],
        Channel.Books => [$"ob.{key.Symbol}.{(key.Variant.Length == 0 ? DeepLevels : key.Variant)}"],
        Channel.DepthSnapshots => [key.Symbol, key.Variant, "100ms"],
        _ => [key.Symbol],
    };

    /// <summary>The book's snapshot comes by REST.</summary>
    public static bool IsBridged(StreamKey key) =>
        key.Channel == Channel.Books && key.Variant is UpdateLevels or FastUpdateLevels;

    /// <summary>The kind of result that a channel's frames hold. The names differ in their length.</summary>
    public static GateioStreamKind KindOf(ReadOnlySpan<byte> channel)
    {
        switch (channel.Length)
        {
            case 8 when channel.SequenceEqual("spot.obu"u8):
                return GateioStreamKind.Book;
            case 11 when channel.SequenceEqual("spot.trades"u8):
                return GateioStreamKind.Trades;
            case 12 when channel.SequenceEqual("spot.tickers"u8):
                return GateioStreamKind.Ticker;
            case 15 when channel.SequenceEqual("spot.order_book"u8):
                return GateioStreamKind.TopOfBook;
            case 16 when channel.SequenceEqual("spot.book_ticker"u8):
                return GateioStreamKind.BookTicker;
            case 17 when channel.SequenceEqual("spot.candlesticks"u8):
                return GateioStreamKind.Candles;
            case 22 when channel.SequenceEqual("spot.order_book_update"u8):
                return GateioStreamKind.BookUpdate;
            default:
                return GateioStreamKind.None;
        }
    }
}
