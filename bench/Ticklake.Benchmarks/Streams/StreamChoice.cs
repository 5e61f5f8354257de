using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration;
using Ticklake.Simulator;

namespace Ticklake.Benchmarks.Streams;

/// <summary>So many streams, spread evenly over all markets: one symbol of each after the other, every channel it has.</summary>
static class StreamChoice
{
    // Options without which a channel is not defined; the first that an exchange takes is used.
    static readonly (Channel Channel, string Option, string Value)[] Channels =
    [
        (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Books, "", ""), (Channel.BookTicker, "", ""),
        (Channel.RawBooks, "", ""), (Channel.Candles, "timeframe", "1m"), (Channel.Candles, "timeframe", "5m"),
        (Channel.DepthSnapshots, "levels", "20"), (Channel.DepthSnapshots, "", ""), (Channel.MarkPrice, "", ""),
        (Channel.Liquidations, "", ""),
    ];

    /// <param name="endpoints">Addresses by venue and door.</param>
    /// <param name="symbols">Symbols that each market has.</param>
    /// <param name="streams">How many streams in all.</param>
    public static IReadOnlyList<MarketOptions> Of(IReadOnlyDictionary<string, Uri> endpoints, int symbols, int streams)
    {
        var markets = ExchangeCatalog.All.SelectMany(e => e.Markets.Select(m => (Exchange: e, Market: m))).ToList();
        var chosen = markets.ToDictionary(m => m.Market, _ => new List<StreamKey>());
        for (var i = 0; i < symbols && chosen.Values.Sum(c => c.Count) < streams; i++)
        {
            foreach (var (exchange, market) in markets)
            {
                var symbol = ExchangeSimulator.SymbolsOf(market.PathName, symbols)[i];
                var left = streams - chosen.Values.Sum(c => c.Count);
                chosen[market].AddRange(StreamsOf(exchange, market, symbol).Take(left));
            }
        }

        return [.. markets.Select(m => new MarketOptions
        {
            Exchange = m.Exchange,
            Market = m.Market,
            Endpoints = EndpointsOf(endpoints, m.Exchange, m.Market),
            MaxStreamsPerConnection = m.Exchange.LimitsOf(m.Market).StreamsPerConnection,
            Streams = chosen[m.Market],
        })];
    }

    static IEnumerable<StreamKey> StreamsOf(IExchange exchange, MarketId market, string symbol)
    {
        var taken = new HashSet<Channel>();
        foreach (var (channel, option, value) in Channels)
        {
            var options = new Dictionary<string, string>();
            if (option.Length > 0)
                options.Add(option, value);
            if (!taken.Contains(channel)
                && exchange.TryParseStream(market, new StreamRequest(channel, symbol, options), out var key, out _)
                && taken.Add(channel))
                yield return key!;
        }
    }

    static ExchangeEndpoints EndpointsOf(IReadOnlyDictionary<string, Uri> endpoints, IExchange exchange, MarketId market) =>
        new(endpoints[market.PathName + " websocket"], endpoints[market.PathName + " rest"])
        {
            OtherDoors = exchange.DefaultEndpoints(market).OtherDoors.Keys
                .ToDictionary(door => door, door => endpoints[$"{market.PathName} {door}"]),
        };
}
