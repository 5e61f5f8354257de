using System.Text;
using System.Text.Json;
using Ticklake.Core.Events;
using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Pipeline;

/// <summary>What <c>controls</c> rows say of notices and occurrences.</summary>
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

    static readonly Dictionary<string, string> NoPairs = [];

    /// <summary>The recorder no longer wants a stream: a rule selects its symbol no more.</summary>
    public const string StreamGivenUp = "stream_given_up";

    /// <summary>A REST answer that is no snapshot: refused for its rate, or failed.</summary>
    public const string SnapshotRefused = "snapshot_refused";

    public static string Detail(ReadOnlySpan<byte> path, int status) =>
        JsonSerializer.Serialize(new { path = Encoding.UTF8.GetString(path), status });

    public static string Detail(ServerNotice notice) => JsonSerializer.Serialize(
        new { request = notice.RequestId, code = notice.Code, text = notice.Text });

    /// <summary>Channel and symbol of the stream that an occurrence says is given up; null where it says something else.</summary>
    public static (string Channel, string Symbol)? GivenUp(in JournalLine line)
    {
        if (!line.Occurrence.SequenceEqual(GivenUpName))
            return null;
        var reader = new Utf8JsonReader(line.Payload);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return (root.GetProperty("channel").GetString()!, root.GetProperty("symbol").GetString()!);
    }

    static ReadOnlySpan<byte> GivenUpName => "stream_given_up"u8;

    /// <summary>
    /// The detail of an occurrence's row, or null where the line is about journal files and not about the connection: a
    /// live session does not see those lines, and where files are cut must leave no trace in the rows.
    /// </summary>
    public static string? DetailOf(in JournalLine line)
    {
        if (line.Occurrence.SequenceEqual("context"u8) || line.Occurrence.SequenceEqual("rotate"u8))
            return null;
        // How it ends is a row.
        if (line.Occurrence.SequenceEqual("reconcile"u8))
            return null;
        if (JournalHeader.TryParse(line, out var header))
        {
            // A thousand pairs are in every row of the streams themselves.
            return header!.Part > 1
                ? null
                : "{\"e\":\"open\"," + Encoding.UTF8.GetString((header with { Pairs = NoPairs }).ToMembers()) + "}";
        }

        // Time and kind, which a live session's payload does not have, are columns of the row.
        var start = line.Payload.IndexOf("\"e\":"u8);
        return start < 0 ? Encoding.UTF8.GetString(line.Payload) : "{" + Encoding.UTF8.GetString(line.Payload[start..]);
    }
}
