using Ticklake.Core.Events;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Codes of <c>info</c> and <c>error</c> events (docs.bitfinex.com/docs/ws-general); texts are never relied on.
/// </summary>
static class BitfinexCodes
{
    public const int AlreadySubscribed = 10301;
    public const int ChannelLimit = 10305;
    public const int UnsubscribeFailed = 10400;
    public const int NotSubscribed = 10401;

    const int Restarting = 20051;
    const int MaintenanceStarted = 20060;
    const int MaintenanceEnded = 20061;

    public static NoticeKind StateOf(long code) => code switch
    {
        Restarting => NoticeKind.ServerRestarting,
        MaintenanceStarted => NoticeKind.MaintenanceStarted,
        MaintenanceEnded => NoticeKind.MaintenanceEnded,
        _ => NoticeKind.Other,
    };

    /// <summary>
    /// Asking again cannot help: unknown event (10000), pair (10001), precision (10011), length (10012), parameters
    /// (10020), symbol (10300), channel (10302).
    /// </summary>
    public static bool IsFinal(long code) => code is 10000 or 10001 or 10011 or 10012 or 10020 or 10300 or 10302;
}
