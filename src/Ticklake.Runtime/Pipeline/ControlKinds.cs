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

    /// <summary>What an occurrence's journal line says beyond its time and name.</summary>
    public static string Members(string name, string line)
    {
        var mark = $"\"e\":\"{name}\"";
        var at = line.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? line : "{" + line[(at + mark.Length)..].TrimStart(',');
    }

    public static string Detail(ServerNotice notice) => JsonSerializer.Serialize(
        new { request = notice.RequestId, code = notice.Code, text = notice.Text });
}
