namespace Ticklake.Exchanges;

/// <summary>
/// A frame of ours that the server must answer. Any frame that follows proves the connection alive; the answer itself is
/// decoded as <see cref="Core.Events.NoticeKind.Pong"/>, also where it is no JSON.
/// </summary>
/// <param name="Period">How often, or after how long a silence; leave room for the answer within
/// <see cref="ExchangeLimits.SocketTimeout"/>.</param>
/// <param name="IsOnlyForSilence">Sent only when nothing was received for the period; otherwise whether frames come or
/// not, because the exchange cuts connections whose client does not ping.</param>
/// <param name="Frame">Makes the frame to be sent at this time; each may carry an id or the time.</param>
public sealed record LifeProbe(TimeSpan Period, bool IsOnlyForSilence, Func<DateTimeOffset, byte[]> Frame);
