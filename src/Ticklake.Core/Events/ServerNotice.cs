namespace Ticklake.Core.Events;

/// <summary>What a frame that carries no market data tells the session.</summary>
public enum NoticeKind : byte
{
    /// <summary>The server greets (Bitfinex <c>info</c>); <see cref="ServerNotice.Code"/> is the protocol version.</summary>
    Welcome,

    /// <summary>The server is in maintenance, or enters it.</summary>
    MaintenanceStarted,

    /// <summary>Maintenance is over: every stream must be subscribed anew.</summary>
    MaintenanceEnded,

    /// <summary>The server is about to cut the connection: reconnect.</summary>
    ServerRestarting,

    /// <summary>Connection settings took effect; <see cref="ServerNotice.Code"/> holds the flags.</summary>
    ConfigurationAcknowledged,

    /// <summary>Connection settings were refused.</summary>
    ConfigurationRefused,

    /// <summary>A subscription was acknowledged: for <see cref="ServerNotice.Stream"/>, or for a whole request id.</summary>
    Subscribed,

    /// <summary>A subscription was refused with a code and a text.</summary>
    Refused,

    Unsubscribed,

    Pong,

    /// <summary>A message the protocol allows but that a recorder has no use for.</summary>
    Other,
}

/// <summary>One such message. Allocates: notices are rare.</summary>
public sealed record ServerNotice(NoticeKind Kind)
{
    /// <summary>The stream it is about, where it names one that is open.</summary>
    public StreamSlot? Stream { get; init; }

    /// <summary>The same stream by name, for readers that have no slots.</summary>
    public Markets.StreamKey? StreamKey { get; init; }

    /// <summary>The id our own request carried, where the answer repeats it.</summary>
    public string? RequestId { get; init; }

    public long Code { get; init; }

    public string Text { get; init; } = "";
}
