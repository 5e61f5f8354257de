namespace Ticklake.Simulator.Faults;

/// <summary>What goes wrong. The written form (control endpoint, spec file) is the name in snake case.</summary>
public enum FaultKind
{
    /// <summary>The message is built (its sequence number is used) and never sent.</summary>
    Drop,

    /// <summary>The same bytes twice.</summary>
    Duplicate,

    /// <summary>The message changes places with the next one of its connection.</summary>
    Reorder,

    /// <summary>A checksum that does not fit the book (Bitfinex).</summary>
    ChecksumFlip,

    /// <summary>
    /// Data are held back for <see cref="FaultSpec.DurationMs"/>, heartbeats continue; then they come late.
    /// </summary>
    Silence,

    /// <summary>As <see cref="Silence"/>, heartbeats and pings too; of a whole connection also its answers.</summary>
    Mute,

    /// <summary>Sequence numbers jump by <see cref="FaultSpec.Amount"/> although nothing was lost.</summary>
    SequenceJump,

    /// <summary>The next REST book is the one of the simulation's start.</summary>
    StaleSnapshot,

    /// <summary>
    /// From here on for <see cref="FaultSpec.DurationMs"/> a book stream lacks every change of one level, though its ids stay
    /// right: nothing in the stream shows it.
    /// </summary>
    Drift,

    /// <summary>The message is cut in the middle of its JSON or protobuf, in an intact WebSocket frame.</summary>
    MalformedJson,

    /// <summary>A frame of noise between good ones; no message is hurt.</summary>
    GarbageFrame,

    /// <summary>The WebSocket frame ends early and the connection is reset.</summary>
    TruncatedFrame,

    /// <summary>A valid JSON object of <see cref="FaultSpec.Amount"/> bytes (16 MB) between good messages.</summary>
    HugeFrame,

    /// <summary>
    /// The message comes in three WebSocket fragments with a ping between: legal, and must be survived.
    /// </summary>
    FragmentedFrame,

    /// <summary>REST answers 429 with Retry-After.</summary>
    RateLimit,

    /// <summary>REST answers 418 with Retry-After.</summary>
    Ban,

    /// <summary>The next REST book is an error object, with status 200 all the same (MEXC).</summary>
    ErrorSnapshot,

    /// <summary>The WebSocket handshake is refused with 429.</summary>
    RefuseConnection,

    /// <summary>The subscription is answered with an error.</summary>
    RefuseSubscription,

    /// <summary>The subscription is acknowledged and nothing follows.</summary>
    SilentSubscription,

    /// <summary>
    /// Bitfinex 20060, silence for <see cref="FaultSpec.DurationMs"/>, 20061; books are not continued.
    /// </summary>
    Maintenance,

    /// <summary>Bitfinex 20051, then the connection closes.</summary>
    Restart,

    /// <summary>
    /// Binance serverShutdown (after <see cref="FaultSpec.DurationMs"/>: close); elsewhere just the close.
    /// </summary>
    DailyCut,

    /// <summary>An abrupt TCP reset.</summary>
    Reset,
}

/// <summary>
/// One fault to happen: where (every field left out means any), when and how often. With
/// <see cref="AfterMessages"/> it strikes at that message (1 = the next matching one) once <see cref="AfterMs"/> has
/// passed; faults of whole connections without it strike when the time has come.
/// </summary>
public sealed record FaultSpec(FaultKind Kind)
{
    /// <summary><c>bitfinex</c> or <c>binance</c>.</summary>
    public string? Exchange { get; init; }

    /// <summary>
    /// Stream name as in the truth log; a trailing <c>*</c> matches any ending. For REST faults: the path.
    /// </summary>
    public string? Stream { get; init; }

    /// <summary>Ordinal of the connection.</summary>
    public int? Connection { get; init; }

    public int AfterMessages { get; init; }

    /// <summary>Simulated milliseconds from arming.</summary>
    public long AfterMs { get; init; }

    /// <summary>How often it strikes.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Simulated milliseconds; 0 = for ever where a duration applies.</summary>
    public long DurationMs { get; init; }

    /// <summary>Jump of a sequence, bytes of a huge frame; 0 = 3, 16 MB.</summary>
    public int Amount { get; init; }

    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>Error code of a refused subscription; 0 = the exchange's generic one.</summary>
    public int Code { get; init; }

    internal bool IsForConnection => Kind is FaultKind.Maintenance or FaultKind.Restart or FaultKind.DailyCut
        or FaultKind.Reset or FaultKind.HugeFrame or FaultKind.GarbageFrame or FaultKind.Mute or FaultKind.Silence;

    internal bool IsForRest => Kind is FaultKind.StaleSnapshot or FaultKind.ErrorSnapshot or FaultKind.RateLimit
        or FaultKind.Ban;

    internal bool IsForSubscription => Kind is FaultKind.RefuseSubscription or FaultKind.SilentSubscription;

    internal bool StrikesByTime => IsForConnection && AfterMessages == 0 && Stream is null;

    internal bool Fits(string exchange, string? stream, int connection) =>
        (Exchange is null || Exchange == exchange)
        && (Connection is null || Connection == connection)
        && (Stream is null || (stream is not null && FitsName(stream)));

    bool FitsName(string stream) => Stream!.EndsWith('*')
        ? stream.StartsWith(Stream[..^1], StringComparison.Ordinal)
        : stream == Stream;
}
