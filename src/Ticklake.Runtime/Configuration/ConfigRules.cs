using Ticklake.Columnar.Parquet;
using Ticklake.Runtime.Configuration.Forms;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Configuration;

/// <summary>What must hold between settings that are each right by themselves.</summary>
static class ConfigRules
{
    // Binance, "WebSocket Streams": "A single connection is only valid for 24 hours; expect to be disconnected."
    static readonly TimeSpan BinanceLife = TimeSpan.FromHours(24);

    public static void Check(RecorderOptions options, ConfigNode root, ConfigFaults faults)
    {
        var session = options.Session;
        if (session.BackoffFirst > session.BackoffLongest)
        {
            Fault("session", "backoff_min",
                $"{Text(session.BackoffFirst)} is more than session.backoff_max ({Text(session.BackoffLongest)})");
        }

        if (session.Overlap >= session.RotateAfter)
        {
            Fault("session", "overlap",
                $"{Text(session.Overlap)} is not less than session.rotate_after ({Text(session.RotateAfter)})");
        }

        if (session.RotateAfter + session.Overlap > BinanceLife
            && options.Markets.Any(m => m.Exchange.Id == "binance"))
        {
            Fault("session", "rotate_after",
                $"{Text(session.RotateAfter)} and an overlap of {Text(session.Overlap)} exceed 24h, after which "
                + "binance closes every connection");
        }

        var segments = options.Segments.Cut;
        if (segments.Layout.NeedsServer && segments.Server is null)
            Fault("segments", "layout", "{server} has no value: segments.server is missing, or let it be optional: [{server}/]");
        if (segments.Server is not null && !segments.Layout.TellsServer)
            Fault("segments", "server", $"the layout {segments.Layout} has no place for it; archive and templates with {{server}} have");
        if (segments.Format == SegmentFormat.Arrow && options.Segments.Files.Compression == ParquetCompression.Gzip)
            Fault("segments", "compression", "gzip is none of Arrow's compressions; zstd and none are");

        void Fault(string section, string name, string problem)
        {
            var map = root.Find(section)?.Value ?? root;
            faults.Add(map.Find(name)?.Value ?? map, $"{section}.{name}", problem);
        }
    }

    static string Text(TimeSpan value) => DurationForm.Text(value);
}
