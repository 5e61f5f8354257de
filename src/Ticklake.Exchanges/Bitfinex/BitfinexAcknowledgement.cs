using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>Turns a <c>subscribed</c> frame into the stream it opens.</summary>
static class BitfinexAcknowledgement
{
    const string CandlePrefix = "trade:";

    /// <summary>The length comes as a string, in old texts as a number, or not at all.</summary>
    public static bool HasReadableLength(BitfinexEventFrame read) =>
        read["len"] is null || read.Number("len") is >= 1 and <= 250;

    /// <summary>
    /// Opens the stream, or returns null where it is none that is recorded: status, and funding other than tickers.
    /// </summary>
    public static BitfinexChannel? TryOpen(BitfinexEventFrame read, long id, byte[] frame, IEventWriter writer)
    {
        var symbol = read["symbol"] ?? "";
        switch (read["channel"])
        {
            case "ticker" when BitfinexInstruments.IsTrading(symbol):
                return Open(BitfinexStreamKind.Ticker, Channel.Ticker, symbol, "");
            case "ticker" when BitfinexInstruments.IsFunding(symbol):
                return Open(BitfinexStreamKind.FundingTicker, Channel.Ticker, symbol, "");
            case "trades" when BitfinexInstruments.IsTrading(symbol):
                return Open(BitfinexStreamKind.Trades, Channel.Trades, symbol, "");
            case "book" when BitfinexInstruments.IsTrading(symbol):
                return OpenBook(read, id, symbol, frame, writer);
            case "candles":
                return TryReadCandleKey(read["key"] ?? "", out var timeframe, out symbol)
                    ? Open(BitfinexStreamKind.Candles, Channel.Candles, symbol, timeframe)
                    : null;
            default:
                return null;
        }

        BitfinexChannel Open(BitfinexStreamKind kind, Channel channel, string of, string variant)
        {
            var key = new StreamKey(BitfinexExchange.Market, channel, of, variant);
            var slot = writer.Open(key, new StreamTags(id, read["subId"]));
            return new BitfinexChannel(id, kind, key, slot, frame);
        }
    }

    static BitfinexChannel? OpenBook(
        BitfinexEventFrame read, long id, string symbol, byte[] frame, IEventWriter writer)
    {
        var form = new BitfinexVariant(
            read["prec"] ?? BitfinexVariant.DefaultPrecision,
            read["freq"] ?? BitfinexVariant.DefaultFrequency,
            (int)(read.Number("len") ?? BitfinexVariant.ServerLength));
        if (!form.IsKnown)
            return null;
        var channel = form.IsRaw ? Channel.RawBooks : Channel.Books;
        var key = new StreamKey(BitfinexExchange.Market, channel, symbol, form.ToString());
        var tags = new StreamTags(id, read["subId"], form.Precision, read["freq"], form.Length);
        var kind = form.IsRaw ? BitfinexStreamKind.RawBooks : BitfinexStreamKind.Books;
        return new BitfinexChannel(id, kind, key, writer.Open(key, tags), frame) { HasChecksum = form.Length > 1 };
    }

    /// <summary><c>trade:1m:tBTCF0:USTF0</c>: the symbol may hold colons itself.</summary>
    static bool TryReadCandleKey(string key, out string timeframe, out string symbol)
    {
        timeframe = symbol = "";
        if (!key.StartsWith(CandlePrefix, StringComparison.Ordinal))
            return false;
        var colon = key.IndexOf(':', CandlePrefix.Length);
        if (colon < 0)
            return false;
        timeframe = key[CandlePrefix.Length..colon];
        symbol = key[(colon + 1)..];
        return BitfinexInstruments.IsTrading(symbol) && timeframe.Length is > 0 and <= 4
            && timeframe.All(char.IsAsciiLetterOrDigit);
    }
}
