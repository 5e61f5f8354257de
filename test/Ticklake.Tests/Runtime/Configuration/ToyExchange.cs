using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Tests.Runtime.Configuration;

/// <summary>An exchange that only knows which symbols and options it takes: enough to be configured.</summary>
sealed class ToyExchange(string id, string symbolStart, int streamsPerConnection) : IExchange
{
    public static IReadOnlyList<IExchange> Both { get; } =
        [new ToyExchange("bitfinex", "t", 25), new ToyExchange("binance", "", 1024)];

    public string Id => id;

    public IReadOnlyList<MarketId> Markets { get; } = [new(id, MarketId.Spot)];

    public ExchangeLimits Limits { get; } =
        new(streamsPerConnection, 20, TimeSpan.FromMinutes(1), TimeSpan.Zero, 6000, null, TimeSpan.FromSeconds(60));

    public ExchangeEndpoints DefaultEndpoints(MarketId market) =>
        new(new Uri($"wss://{id}.example/ws"), new Uri($"https://{id}.example"));

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        key = null;
        fault = null;
        if (!request.Symbol.StartsWith(symbolStart, StringComparison.Ordinal) || request.Symbol.Contains('/'))
            fault = $"'{request.Symbol}' is no symbol of {id}";
        else if (request.Options.TryGetValue("prec", out var precision) && precision is not ("P0" or "P1"))
            fault = $"prec '{precision}' is none of P0, P1";
        else
            key = new StreamKey(market, request.Channel, request.Symbol, Variant(request));
        return key is not null;
    }

    public string PairOf(MarketId market, string symbol) => symbol;

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => throw new NotSupportedException();

    public ISubscriptions CreateSubscriptions(MarketId market, SessionOptions options) =>
        throw new NotSupportedException();

    public StreamRules RulesFor(StreamKey key) => new(SequenceRule.None);

    static string Variant(StreamRequest request) =>
        string.Join('_', request.Options.OrderBy(o => o.Key).Select(o => o.Value));
}
