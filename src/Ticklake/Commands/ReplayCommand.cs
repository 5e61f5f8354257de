using System.CommandLine;
using System.Text.Json;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;

namespace Ticklake.Commands;

/// <summary><c>replay</c>: journals become segments.</summary>
static class ReplayCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var output = new Option<string?>("--out")
        {
            Description = "Make every segment anew in this directory. Without it, what is missing is made in the lake itself.",
        };
        var layout = new Option<string>("--layout")
        {
            Description = "Where the segments lie: daily, segments, hive, archive, or a template.",
            DefaultValueFactory = _ => SegmentLayout.Daily.Name,
        };
        var json = SharedOptions.AsJson();
        var command = new Command("replay", "Make segments from the journals, byte-identical every time.")
        {
            data, output, layout, json,
        };
        var cut = SegmentChoice.AddTo(command);
        command.SetAction((parsed, cancel) => OptionsOf(parsed.GetValue(layout)!, cut.Read(parsed)) is { } options
            ? RunAsync(parsed.GetValue(data)!, parsed.GetValue(output), options, parsed.GetValue(json), cancel)
            : Task.FromResult(ExitCodes.Usage));
        return command;
    }

    /// <summary>Null after saying what is wrong.</summary>
    static SegmentOptions? OptionsOf(string layout, SegmentOptions cut)
    {
        try
        {
            var options = cut with { Layout = SegmentLayout.Parse(layout) };
            if (!options.Layout.NeedsServer)
                return options;
            SharedOptions.Complain($"--layout {layout}: {{server}} has no value here; let it be optional: [{{server}}/]");
        }
        catch (FormatException fault)
        {
            SharedOptions.Complain($"--layout {layout}: {fault.Message}");
        }

        return null;
    }

    static async Task<int> RunAsync(string data, string? output, SegmentOptions options, bool json, CancellationToken cancel)
    {
        if (SharedOptions.ExistingLake(data) is not { } lake)
            return ExitCodes.Usage;
        try
        {
            var report = output is null
                ? await SegmentReplay.FillAsync(lake, cancel, options)
                : await SegmentReplay.RemakeAsync(lake, Path.GetFullPath(output), cancel, options);
            if (json)
                Console.WriteLine(JsonSerializer.Serialize(report, SharedOptions.Json));
            else
            {
                Console.WriteLine(
                    $"{report.Replay.Sessions - report.Replay.SessionsComplete} of {report.Replay.Sessions} sessions replayed: "
                    + $"{report.Replay.Frames:N0} frames, {report.Replay.Rows:N0} rows, {report.SegmentsSealed:N0} segments sealed, "
                    + $"{report.Replay.Findings:N0} findings");
                foreach (var damage in report.Replay.Damages)
                    Console.WriteLine($"damaged: {damage}");
            }

            return ExitCodes.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"The replay stopped: {e.Message}");
            return ExitCodes.Failed;
        }
    }
}
