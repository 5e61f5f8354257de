using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Okx;

/// <summary>Channel names of OKX, <c>books</c>, <c>candle1m</c>, and the streams they stand for (okx.md 4.1).</summary>
static class OkxChannels
{
    public const string PublicDoor = "public";
    public const string BusinessDoor = "business";

    /// <summary>Trades fill by fill instead of folded by taker order and price.</summary>
    public const string SingleFills = "all";

    const string CandlePrefix = "candle";

    /// <summary>Case matters: <c>1m</c> is a minute, <c>1M</c> a month; days begin at UTC+8 unless it says <c>utc</c>.</summary>
    public static readonly string[] Bars =
    [
        "1s", "1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H",
        "6H", "12H", "1D", "2D", "3D", "5D", "1W", "1M", "3M",
        "6Hutc", "12Hutc", "1Dutc", "2Dutc", "3Dutc", "5Dutc", "1Wutc", "1Mutc", "3Mutc",
    ];

    public static string NameOf(StreamKey stream) => (stream.Channel, stream.Variant) switch
    {
        (Channel.Books, "") => "books",
        (Channel.Books, _) => "books" + stream.Variant,
        (Channel.DepthSnapshots, _) => "books5",
        (Channel.BookTicker, _) => "bbo-tbt",
        (Channel.Trades, "") => "trades",
        (Channel.Trades, _) => "trades-all",
        (Channel.Ticker, _) => "tickers",
        (Channel.Candles, _) => CandlePrefix + stream.Variant,
        _ => throw new ArgumentException($"OKX has no {stream.Channel.Name()}.", nameof(stream)),
    };

    /// <summary>Candles and single fills are on the business socket; elsewhere they are refused with 64001 and 64002.</summary>
    public static string DoorOf(StreamKey stream) =>
        stream.Channel == Channel.Candles || stream is { Channel: Channel.Trades, Variant: SingleFills }
            ? BusinessDoor
            : PublicDoor;

    /// <summary>False for channels that are not recorded.</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, out OkxStreamKind kind, out Channel channel, out string variant)
    {
        (kind, channel, variant) = name switch
        {
            _ when name.SequenceEqual("books"u8) => (OkxStreamKind.Book, Channel.Books, ""),
            // Asked for by nobody, because they need a login since 2022; recordings from before hold them.
            _ when name.SequenceEqual("books-l2-tbt"u8) => (OkxStreamKind.Book, Channel.Books, "-l2-tbt"),
            _ when name.SequenceEqual("books50-l2-tbt"u8) => (OkxStreamKind.Book, Channel.Books, "50-l2-tbt"),
            _ when name.SequenceEqual("books5"u8) => (OkxStreamKind.TopLevels, Channel.DepthSnapshots, ""),
            _ when name.SequenceEqual("bbo-tbt"u8) => (OkxStreamKind.BestPrices, Channel.BookTicker, ""),
            _ when name.SequenceEqual("trades"u8) => (OkxStreamKind.Trades, Channel.Trades, ""),
            _ when name.SequenceEqual("trades-all"u8) => (OkxStreamKind.Fills, Channel.Trades, SingleFills),
            _ when name.SequenceEqual("tickers"u8) => (OkxStreamKind.Ticker, Channel.Ticker, ""),
            _ => (default, Channel.Controls, ""),
        };
        if (channel != Channel.Controls)
            return true;
        if (!name.StartsWith("candle"u8))
            return false;
        (kind, channel, variant) = (OkxStreamKind.Candles, Channel.Candles, BarOf(name[CandlePrefix.Length..]));
        return variant.Length > 0;
    }

    static string BarOf(ReadOnlySpan<byte> name)
    {
        foreach (var bar in Bars)
        {
            if (System.Text.Ascii.Equals(name, bar))
                return bar;
        }

        return "";
    }
}
