using System.CommandLine;
using System.Text.Json;
using Ticklake.Runtime.Export;

namespace Ticklake.Commands;

/// <summary><c>export</c>: what a lake holds becomes files that other tools load.</summary>
static class ExportCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var form = new Option<string>("--as")
        {
            Description = "tardis-csv (tardis.dev's CSV files, from the segments) or hftbacktest (its collector's lines, from the journals). "
                + "There are no others yet.",
            Required = true,
        };
        form.AcceptOnlyFromAmong([.. ExportFormats.All]);
        var exchange = new Option<string?>("--exchange", "-e") { Description = "Only this exchange." };
        var market = new Option<string?>("--market", "-m") { Description = "Only this market." };
        var symbols = new Option<string[]>("--symbol", "-s")
        {
            Description = "Only these symbols, as the exchange writes them.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var from = new Option<string?>("--from") { Description = "Only what was received from this time on (UTC)." };
        var to = new Option<string?>("--to") { Description = "Only what was received before this time (UTC)." };
        var types = new Option<string?>("--types")
        {
            Description = "Of tardis-csv: trades,incremental_book_L2,book_snapshot_5,book_snapshot_25,quotes,book_ticker,derivative_ticker; "
                + "default: all.",
        };
        var output = new Option<string>("--out") { Description = "The folder to write to.", DefaultValueFactory = _ => "./export" };
        var force = new Option<bool>("--force") { Description = "Replace files that are there already." };
        var json = SharedOptions.AsJson();
        var command = new Command("export", "Write files that other tools load; the lake stays as it is.")
        {
            data, form, exchange, market, symbols, from, to, types, output, force, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            if (SharedOptions.ExistingLake(parsed.GetValue(data)!) is not { } lake
                || !TimeText.TryParse(parsed.GetValue(from), long.MinValue, out var fromUs)
                || !TimeText.TryParse(parsed.GetValue(to), long.MaxValue, out var toUs))
                return Task.FromResult(ExitCodes.Usage);
            var request = new ExportRequest
            {
                DataDirectory = lake,
                Output = Path.GetFullPath(parsed.GetValue(output)!),
                Exchange = parsed.GetValue(exchange),
                Market = parsed.GetValue(market),
                Symbols = parsed.GetValue(symbols)!,
                FromUs = fromUs,
                ToUs = toUs,
                Types = parsed.GetValue(types)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
                Force = parsed.GetValue(force),
                Progress = SharedOptions.Complain,
            };
            return Task.FromResult(Run(ExportFormats.Parse(parsed.GetValue(form)!), request, parsed.GetValue(json), cancel));
        });
        return command;
    }

    static int Run(ExportFormat format, ExportRequest request, bool json, CancellationToken cancel)
    {
        try
        {
            var report = LakeExport.Run(format, request, LakeSegments.Of(request.DataDirectory), cancel);
            if (json)
                Console.WriteLine(JsonSerializer.Serialize(report, SharedOptions.Json));
            else
                Print(report);
            return ExitCodes.Success;
        }
        catch (ExportRefusedException refusal)
        {
            SharedOptions.Complain(refusal.Message);
            return ExitCodes.Usage;
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or KeyNotFoundException)
        {
            SharedOptions.Complain($"The export stopped: {e.Message} Files that were whole are kept; --force begins anew.");
            return ExitCodes.Failed;
        }
    }

    static void Print(ExportReport report)
    {
        foreach (var file in report.Files)
            Console.WriteLine($"{file.Rows,12:N0}  {file.Path}");
        foreach (var note in report.Notes)
            Console.WriteLine($"note  {note}");
        Console.WriteLine($"{report.Files.Count:N0} files, {report.Rows:N0} rows, {report.GapsCrossed:N0} gaps crossed");
        Tell(report.UpdatesLeftOut, "book updates without a book are left out: they came before a snapshot, or between a gap and the next one");
        Tell(report.ListedTradesLeftOut, "trades of the lists that subscriptions begin with are left out");
        Tell(report.TimesHeld, "receive times stepped back and are written as the time before them");
        Tell(report.RepetitionsLeftOut, "frames are left out that a planned replacement brought a second time");
        Tell(report.FramesLeftOut, "frames are left out that the format has no place for (acknowledgements, binary, no JSON)");
        Tell(report.InexactValues, "numbers of the segments read are not exactly what the exchange sent (inexact_values)");
    }

    static void Tell(long count, string what)
    {
        if (count > 0)
            Console.WriteLine($"{count:N0} {what}");
    }
}
