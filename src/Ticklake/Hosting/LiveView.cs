using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Ticklake.Runtime.Recording;

namespace Ticklake.Hosting;

/// <summary>The recorder's face on a terminal, redrawn twice a second.</summary>
sealed class LiveView(string? banner)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    RecorderStatus? _previous;

    public RecentLog Log { get; } = new();

    public Task RunAsync(Func<RecorderStatus> status, CancellationToken stop) => AnsiConsole
        .Live(new Text("starting …"))
        .StartAsync(async context =>
        {
            using var timer = new PeriodicTimer(Interval);
            try
            {
                while (await timer.WaitForNextTickAsync(stop))
                    Draw(context, status());
            }
            catch (OperationCanceledException)
            {
                Draw(context, status());
            }
        });

    /// <summary>The last word, after the view is gone.</summary>
    public void Summarise(RecorderStatus status)
    {
        foreach (var (_, text) in Log.Lines.TakeLast(2))
            AnsiConsole.MarkupLineInterpolated($"[grey]{text}[/]");
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{status.Counts.Frames:N0}[/] frames, [bold]{status.SealedRows:N0}[/] rows in [bold]{status.SealedSegments:N0}[/] sealed segments, [bold]{status.Counts.Gaps:N0}[/] gaps");
    }

    void Draw(LiveDisplayContext context, RecorderStatus status)
    {
        var rows = new List<IRenderable>();
        if (banner is not null)
            rows.Add(new Markup($"[yellow]{Markup.Escape(banner)}[/]"));
        rows.Add(Connections(status));
        rows.Add(Totals(status));
        foreach (var (level, text) in Log.Lines)
        {
            var colour = level >= Microsoft.Extensions.Logging.LogLevel.Warning ? "yellow" : "grey";
            rows.Add(new Markup($"[{colour}]{Markup.Escape(text)}[/]"));
        }

        rows.Add(new Markup("[grey]Ctrl+C seals everything and stops; twice stops at once.[/]"));
        context.UpdateTarget(new Rows(rows));
        _previous = status;
    }

    static Table Connections(RecorderStatus status)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("market", "conn", "state", "streams live", "frames", "reconnects");
        foreach (var connection in status.Connections)
        {
            var colour = connection.State == "waiting" ? "red" : connection.Live == connection.Streams ? "green" : "yellow";
            table.AddRow(
                Markup.Escape(connection.Market),
                connection.Ordinal.ToString(CultureInfo.InvariantCulture),
                $"[{colour}]{connection.State}[/]",
                $"[{colour}]{connection.Live}/{connection.Streams}[/]",
                connection.Frames.ToString("N0", CultureInfo.InvariantCulture),
                connection.Reconnects.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }

    Table Totals(RecorderStatus status)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("a", "b", "c", "d");
        var counts = status.Counts;
        table.AddRow("frames", $"{counts.Frames:N0} ({Rate(s => s.Counts.Frames, status):N0}/s)",
            "rows", $"{counts.Rows:N0} ({Rate(s => s.Counts.Rows, status):N0}/s)");
        table.AddRow("gaps", Alarm(counts.Gaps), "checksums", $"{counts.ChecksumsOk:N0} ok, {Alarm(counts.ChecksumsMismatched)} wrong");
        table.AddRow("latency exchange→recorder", Latency(status), "open segments", $"{status.OpenSegments} ({status.OpenRows:N0} rows)");
        table.AddRow("sealed", $"{status.SealedSegments:N0} segments", "waiting to be stored", $"{status.QueuedRows:N0} rows");
        return table;
    }

    double Rate(Func<RecorderStatus, long> counter, RecorderStatus status) =>
        _previous is { } previous && status.Time > previous.Time
            ? (counter(status) - counter(previous)) / (status.Time - previous.Time).TotalSeconds
            : 0;

    static string Alarm(long count) => count == 0 ? "[green]0[/]" : $"[red]{count:N0}[/]";

    /// <summary>Corrected by the clocks' offsets, with what those leave open; also for <c>status</c>.</summary>
    public static string Latency(RecorderStatus status) =>
        status.Counts is { LatencyP50Us: { } p50, LatencyP99Us: { } p99 }
            ? $"p50 ≤ {p50 / 1000.0:0.###} ms, p99 ≤ {p99 / 1000.0:0.###} ms"
                + (status.LatencyUncertaintyUs is { } u ? $" (± {u / 1000.0:0.###} ms)" : " (by our clock)")
            : "–";
}
