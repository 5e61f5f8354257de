using Ticklake.Core.Markets;

namespace Ticklake.Exchanges;

/// <summary>
/// One exchange as the runtime sees it: what it offers, within which limits, and the parts a session is made of.
/// Implementations are stateless and safe to share between threads.
/// </summary>
public interface IExchange
{
    /// <summary><c>bitfinex</c>: lower case, used in configuration, paths and tables.</summary>
    string Id { get; }

    /// <summary>The markets this exchange records, the first being the default.</summary>
    IReadOnlyList<MarketId> Markets { get; }

    /// <summary>
    /// Markets whose recordings can be imported and replayed: those recorded, and others that are only read.
    /// </summary>
    IReadOnlyList<MarketId> ReadableMarkets => Markets;

    /// <summary>What the market's servers allow; one address shares it, whatever the number of processes.</summary>
    ExchangeLimits LimitsOf(MarketId market);

    /// <summary>Endpoints of the real exchange; a configuration may name others (the simulator's).</summary>
    ExchangeEndpoints DefaultEndpoints(MarketId market);

    /// <summary>
    /// Which of the market's sockets serves the stream, where it has several (OKX <c>public</c> and <c>business</c>); streams
    /// of different doors never share a connection. Empty where there is one.
    /// </summary>
    string DoorOf(StreamKey stream) => "";

    /// <summary>
    /// Reads one wanted stream from its configured form (channel, symbol, options); the message of a refusal says what is
    /// wrong and what would be right.
    /// </summary>
    bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault);

    /// <summary>Whether the exchange has a stream of its own for the channel; best prices can else be made from a book.</summary>
    bool Publishes(MarketId market, Channel channel) => true;

    /// <summary>
    /// The normalised pair, <c>BTC-USD</c>, as far as the symbol's own form shows it: for recordings, and while the
    /// exchange's list of instruments is not known.
    /// </summary>
    string PairOf(MarketId market, string symbol);

    /// <summary>Reads the market's list of instruments, or null where none is read.</summary>
    IInstrumentReader? CreateInstrumentReader(MarketId market) => null;

    /// <summary>Reads the market's order books by REST, or null where none is read.</summary>
    IDepthReader? CreateDepthReader(MarketId market) => null;

    IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options);

    /// <summary>The requests side of one connection to one door (see <see cref="DoorOf"/>).</summary>
    ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options);

    /// <summary>How this stream's continuity and book are checked.</summary>
    StreamRules RulesFor(StreamKey key);
}

/// <summary>A stream as a person asks for it.</summary>
/// <param name="Channel">What to record.</param>
/// <param name="Symbol">The exchange's own name.</param>
/// <param name="Options">Channel options by name, e.g. <c>timeframe: 1m</c>, <c>prec: P1</c>, <c>len: 25</c>.</param>
public sealed record StreamRequest(Channel Channel, string Symbol, IReadOnlyDictionary<string, string> Options);

/// <summary>What a recording says about its connection where the connection's own frames do not.</summary>
/// <param name="ConfFlags">Bitfinex conf flags in force from the first frame, or null.</param>
public sealed record DecoderOptions(long? ConfFlags = null)
{
    public static DecoderOptions Default { get; } = new();
}

/// <summary>Connection settings the exchange is told at the start of a session.</summary>
/// <param name="ConfFlags">Bitfinex conf flags, or null for the exchange's default.</param>
public sealed record SessionOptions(long? ConfFlags = null)
{
    /// <summary>Of requests that must say when they are sent (Gate.io refuses those a minute off).</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>Where an exchange is reached.</summary>
/// <param name="WebSocket">Base address of the public stream.</param>
/// <param name="Rest">Base address of the public REST interface.</param>
public sealed record ExchangeEndpoints(Uri WebSocket, Uri Rest)
{
    /// <summary>Base addresses of doors that are on another host than <see cref="WebSocket"/>, by name.</summary>
    public IReadOnlyDictionary<string, Uri> OtherDoors { get; init; } = new Dictionary<string, Uri>();

    public Uri DoorAddress(string door) => OtherDoors.GetValueOrDefault(door, WebSocket);
}

/// <summary>An exchange's documented limits; the planner and the budgets keep them.</summary>
/// <param name="StreamsPerConnection">Subscriptions one connection may hold.</param>
/// <param name="ConnectsPerWindow">Connection attempts one address may make at one host per <paramref name="ConnectWindow"/>.</param>
/// <param name="ConnectWindow">The window of that limit.</param>
/// <param name="MessageInterval">Least time between two messages we send on one connection.</param>
/// <param name="Rest">How much of its REST interface one address may use.</param>
/// <param name="HeartbeatTimeout">Longest silence of one stream (heartbeats included), or null where none are sent.</param>
/// <param name="SocketTimeout">Longest silence of a whole connection with live streams.</param>
public sealed record ExchangeLimits(
    int StreamsPerConnection,
    int ConnectsPerWindow,
    TimeSpan ConnectWindow,
    TimeSpan MessageInterval,
    RestLimit Rest,
    TimeSpan? HeartbeatTimeout,
    TimeSpan SocketTimeout);
