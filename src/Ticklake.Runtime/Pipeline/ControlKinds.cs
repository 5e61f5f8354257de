using System.Text;
using System.Text.Json;
using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>The <c>kind</c> of <c>controls</c> rows that come from notices.</summary>
static class ControlKinds
{
    public static string? Of(NoticeKind kind) => kind switch
    {
        NoticeKind.Subscribed => "subscribed",
        NoticeKind.Unsubscribed => "unsubscribed",
        NoticeKind.Refused => "refused",
        NoticeKind.MaintenanceStarted => "maintenance",
        NoticeKind.MaintenanceEnded => "maintenance_ended",
        NoticeKind.ServerRestarting => "server_restarting",
        NoticeKind.ConfigurationAcknowledged => "configured",
        NoticeKind.ConfigurationRefused => "configuration_refused",
        NoticeKind.Welcome => "welcome",
        _ => null,
    };

    /// <summary>A REST answer that is no snapshot: refused for its rate, or failed.</summary>
    public const string SnapshotRefused = "snapshot_refused";

    public static string Detail(ReadOnlySpan<byte> path, int status) =>
        JsonSerializer.Serialize(new { path = Encoding.UTF8.GetString(path), status });

    public static string Detail(ServerNotice notice) => JsonSerializer.Serialize(
        new { request = notice.RequestId, code = notice.Code, text = notice.Text });
}
