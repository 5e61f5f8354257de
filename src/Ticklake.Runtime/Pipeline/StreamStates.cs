using System.Collections.Concurrent;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// The states of all streams of one exchange, handed from session to session. Looking up is thread-safe; a state itself is
/// used by the one session that carries the stream.
/// </summary>
public sealed class StreamStates(IExchange exchange)
{
    readonly ConcurrentDictionary<StreamKey, StreamState> _states = new();

    public IEnumerable<StreamState> All => _states.Values;

    public StreamState Of(StreamKey key) =>
        _states.GetOrAdd(key, static (k, e) => new StreamState(k, RulesFor(k, e)), exchange);

    // What is made from books or asked for by REST is no stream of the exchange.
    static StreamRules RulesFor(StreamKey key, IExchange exchange) =>
        DerivedStream.IsDerived(key) || PolledDepth.IsPolled(key)
            ? new StreamRules(SequenceRule.None)
            : exchange.RulesFor(key);

    /// <summary>What the market's streams leave to the next session.</summary>
    public IReadOnlyList<StreamCarry> CarriesOf(MarketId market) =>
        [.. _states.Values.Where(s => s.Key.Market == market).Select(StreamCarry.Of)];
}
