using System.Text;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// Which API serves a stream. Each table has the API that serves it best as its plain form; the variant of a stream
/// names the other one.
/// </summary>
static class CoinbaseChannels
{
    /// <summary>The door of the Exchange feed; Advanced Trade is the unnamed one.</summary>
    public const string ExchangeDoor = "exchange";

    public const string AdvancedTrade = "advanced_trade";
    public const string Exchange = "exchange";

    /// <summary>The one length of candles that is streamed.</summary>
    public const string Timeframe = "5m";

    public static CoinbaseStreamKind KindOf(StreamKey key) => key.Channel switch
    {
        Channel.Books => key.Variant == Exchange ? CoinbaseStreamKind.ExchangeBooks : CoinbaseStreamKind.Books,
        Channel.Trades => key.Variant == AdvancedTrade ? CoinbaseStreamKind.MarketTrades : CoinbaseStreamKind.Matches,
        Channel.Ticker => key.Variant == Exchange ? CoinbaseStreamKind.ExchangeTicker : CoinbaseStreamKind.Ticker,
        Channel.Candles => CoinbaseStreamKind.Candles,
        _ => throw new ArgumentException($"Coinbase has no {key.Channel.Name()}.", nameof(key)),
    };

    public static StreamKey KeyOf(CoinbaseStreamKind kind, ReadOnlySpan<byte> product)
    {
        var (channel, variant) = kind switch
        {
            CoinbaseStreamKind.Books => (Channel.Books, ""),
            CoinbaseStreamKind.MarketTrades => (Channel.Trades, AdvancedTrade),
            CoinbaseStreamKind.Ticker => (Channel.Ticker, ""),
            CoinbaseStreamKind.Candles => (Channel.Candles, Timeframe),
            CoinbaseStreamKind.Matches => (Channel.Trades, ""),
            CoinbaseStreamKind.ExchangeTicker => (Channel.Ticker, Exchange),
            _ => (Channel.Books, Exchange),
        };
        return new StreamKey(CoinbaseExchange.Spot, channel, Encoding.ASCII.GetString(product), variant);
    }

    public static string DoorOf(CoinbaseStreamKind kind) => IsOfExchange(kind) ? ExchangeDoor : "";

    public static bool IsOfExchange(CoinbaseStreamKind kind) => kind >= CoinbaseStreamKind.Matches;

    /// <summary>What a subscription calls the channel.</summary>
    public static string NameOf(CoinbaseStreamKind kind) => kind switch
    {
        CoinbaseStreamKind.Books => "level2",
        CoinbaseStreamKind.MarketTrades => "market_trades",
        CoinbaseStreamKind.Ticker or CoinbaseStreamKind.ExchangeTicker => "ticker",
        CoinbaseStreamKind.Candles => "candles",
        CoinbaseStreamKind.Matches => "matches",
        _ => "level2_batch",
    };

    /// <summary>What an Advanced Trade acknowledgement lists; false for channels without streams here.</summary>
    public static bool TryOfAdvancedTrade(ReadOnlySpan<byte> name, out CoinbaseStreamKind kind)
    {
        kind = name.SequenceEqual("level2"u8) || name.SequenceEqual("l2_data"u8) ? CoinbaseStreamKind.Books
            : name.SequenceEqual("market_trades"u8) ? CoinbaseStreamKind.MarketTrades
            : name.SequenceEqual("candles"u8) ? CoinbaseStreamKind.Candles : CoinbaseStreamKind.Ticker;
        return kind != CoinbaseStreamKind.Ticker || name.SequenceEqual("ticker"u8);
    }

    /// <summary>What an Exchange acknowledgement lists; <c>level2_50</c> is an alias of <c>level2_batch</c>.</summary>
    public static bool TryOfExchange(ReadOnlySpan<byte> name, out CoinbaseStreamKind kind)
    {
        kind = name.SequenceEqual("matches"u8) ? CoinbaseStreamKind.Matches
            : name.SequenceEqual("ticker"u8) ? CoinbaseStreamKind.ExchangeTicker : CoinbaseStreamKind.ExchangeBooks;
        return kind != CoinbaseStreamKind.ExchangeBooks || name.SequenceEqual("level2_batch"u8)
            || name.SequenceEqual("level2_50"u8) || name.SequenceEqual("level2"u8);
    }
}
