using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges;

/// <summary>
/// The requests side of one connection: what to say when it opens, how streams are asked for and given back, and which
/// stream an answer is about. No I/O and no clock: it returns frames, the session paces and sends them. Called on the
/// session's thread only.
/// </summary>
public interface ISubscriptions
{
    /// <summary>Path and query to append to the endpoint, e.g. <c>/stream</c>; empty where the endpoint is complete.</summary>
    string ConnectPath { get; }

    /// <summary>
    /// Frames to send before any subscription, in order (Bitfinex <c>conf</c>). Streams are requested once
    /// <see cref="IsReady"/>.
    /// </summary>
    IReadOnlyList<byte[]> Hello();

    /// <summary>The server has said all it must (welcome, settings acknowledged) before streams may be asked for.</summary>
    bool IsReady { get; }

    /// <summary>How a connection is kept open or proven alive by frames of ours; null where the exchange answers none.</summary>
    LifeProbe? Probe => null;

    /// <summary>Frames that subscribe these streams, within the exchange's batch size.</summary>
    IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams);

    /// <summary>Frames that give these streams back.</summary>
    IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams);

    /// <summary>Takes a notice of the connection; says which wanted streams it settles and what the session must do.</summary>
    NoticeOutcome On(ServerNotice notice);

    /// <summary>The REST request for a book snapshot of this stream, or null where snapshots come in band.</summary>
    RestRequest? SnapshotFor(StreamKey stream);
}

/// <summary>One frame to send and the streams it asks for.</summary>
/// <param name="Frame">As it is sent.</param>
/// <param name="RequestId">What the answer repeats; our own name for it where it repeats nothing.</param>
/// <param name="Streams">The streams it asks for or gives back.</param>
/// <param name="IsAnswered">False where the exchange never acknowledges: what was sent counts as acknowledged.</param>
public sealed record SubscriptionRequest(
    byte[] Frame, string RequestId, IReadOnlyList<StreamKey> Streams, bool IsAnswered = true);

/// <summary>A GET on the exchange's REST endpoint.</summary>
/// <param name="PathAndQuery">As the journal records it.</param>
/// <param name="Weight">What it costs of the exchange's weight limit.</param>
public sealed record RestRequest(string PathAndQuery, int Weight);

/// <summary>What the session does after a notice.</summary>
public enum SessionAction : byte
{
    Continue,

    /// <summary>Close and connect anew, with back-off.</summary>
    Reconnect,

    /// <summary>Expect no data for a while; do not count silence against the streams.</summary>
    Pause,

    /// <summary>Ask for every stream again.</summary>
    ResubscribeAll,

    /// <summary>The address is unusable as configured (wrong protocol version, refused settings): report, keep retrying slowly.</summary>
    GiveUp,
}

/// <param name="Action">What to do with the connection.</param>
/// <param name="Acknowledged">Streams now known to be subscribed.</param>
/// <param name="Refused">Streams the exchange will not give; the session reports them and stops asking.</param>
/// <param name="Retry">Streams refused for now that may be asked for again (limit reached elsewhere, transient).</param>
public sealed record NoticeOutcome(
    SessionAction Action,
    IReadOnlyList<StreamKey> Acknowledged,
    IReadOnlyList<StreamKey> Refused,
    IReadOnlyList<StreamKey> Retry)
{
    /// <summary>Streams now known to be given back: they may be asked for anew.</summary>
    public IReadOnlyList<StreamKey> Left { get; init; } = [];

    /// <summary>Streams that were refused only for another's sake, in the same request: they may be asked for at once.</summary>
    public IReadOnlyList<StreamKey> AskAgain { get; init; } = [];

    public static NoticeOutcome Nothing { get; } = new(SessionAction.Continue, [], [], []);

    public static NoticeOutcome Only(SessionAction action) => new(action, [], [], []);
}
