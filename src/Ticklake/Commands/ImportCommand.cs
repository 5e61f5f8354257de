using System.CommandLine;
using System.Text.Json;
using Ticklake.Runtime.Import;

namespace Ticklake.Commands;

/// <summary><c>import</c>: what other recorders captured becomes journals.</summary>
static class ImportCommand
{
    const string Auto = "auto";

    public static Command Create()
    {
        var format = new Option<string>("--format")
        {
            Description = "hftbacktest, cryptofeed, lines, or auto: told from the first lines.",
            DefaultValueFactory = _ => Auto,
        };
        format.AcceptOnlyFromAmong([Auto, .. RecordingFormats.All]);
        var exchange = SharedOptions.Exchange();
        var market = SharedOptions.Market();
        var data = SharedOptions.Data();
        var flags = new Option<long?>("--conf-flags") { Description = "Bitfinex conf flags in force from the first frame on." };
        var json = SharedOptions.AsJson();
        var files = new Argument<string[]>("file")
        {
            Description = "The recording's files in order, plain or .gz; several are one recording.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("import", "Turn another recorder's capture into journals; 'replay' then makes segments of them.")
        {
            format, exchange, market, data, flags, json, files,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(
            Run(
                parsed.GetValue(format)!,
                parsed.GetValue(exchange)!,
                parsed.GetValue(market)!,
                new ImportRequestParts(parsed.GetValue(data)!, parsed.GetValue(flags), parsed.GetValue(files)!),
                parsed.GetValue(json),
                cancel)));
        return command;
    }

    static int Run(
        string format, string exchange, string market, ImportRequestParts parts, bool json, CancellationToken cancel)
    {
        if (SharedOptions.KnownMarket(exchange, market) is not { } id)
            return ExitCodes.Usage;
        if (parts.Files.FirstOrDefault(f => !File.Exists(f)) is { } missing)
        {
            SharedOptions.Complain($"There is no file {missing}.");
            return ExitCodes.Usage;
        }

        try
        {
            var report = RecordingImporter.Import(
                new ImportRequest
                {
                    Format = RecordingFormats.TryParse(format, out var known) ? known : RecordingFormats.Detect(parts.Files[0]),
                    Market = id,
                    Files = parts.Files,
                    DataDirectory = Path.GetFullPath(parts.Data),
                    ConfFlags = parts.ConfFlags,
                },
                cancel);
            Print(report, json);
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            SharedOptions.Complain($"The import stopped: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    static void Print(ImportReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, SharedOptions.Json));
            return;
        }

        foreach (var session in report.Sessions)
            Console.WriteLine($"session {session.ConnId}: {session.Lines:N0} lines in {session.RelativePath}");
        Console.WriteLine(
            $"{report.Received:N0} frames received, {report.Sent:N0} sent, {report.Answers:N0} REST answers, "
            + $"{report.Sessions.Count} session(s)");
        if (report.OddityCount == 0)
            return;
        Console.WriteLine($"{report.OddityCount:N0} lines were not understood; they are kept as received:");
        foreach (var oddity in report.Oddities)
            Console.WriteLine($"  {oddity.File}:{oddity.Line}: {oddity.What}");
    }

    sealed record ImportRequestParts(string Data, long? ConfFlags, string[] Files);
}
