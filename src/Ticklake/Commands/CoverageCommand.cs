using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Coverage;
using Ticklake.Stores.Segments;

namespace Ticklake.Commands;

/// <summary><c>coverage</c>: the completeness ledger of a lake.</summary>
static class CoverageCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var exchange = new Option<string?>("--exchange", "-e") { Description = "Only this exchange." };
        var json = SharedOptions.AsJson();
        var html = new Option<string?>("--html") { Description = "Write a heat map to this file." };
        var command = new Command(
            "coverage",
            "Say for every stream and hour whether it is complete, known to be empty, has a gap, or was not recorded.")
        {
            data, exchange, json, html,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(html) is not null)
                result.AddError("--json and --html exclude each other.");
        });
        command.SetAction(parsed => Run(
            parsed.GetValue(data)!, parsed.GetValue(exchange), parsed.GetValue(json), parsed.GetValue(html)));
        return command;
    }

    static int Run(string data, string? exchange, bool json, string? html)
    {
        if (SharedOptions.ExistingLake(data) is not { } lake)
            return ExitCodes.Usage;
        try
        {
            var ledger = CoverageLedger.Read(lake, LakeSegments.EverOf(lake), m => exchange is null || m.Exchange == exchange);
            if (html is not null)
                File.WriteAllText(html, CoveragePage.Of(ledger.Streams));
            else if (json)
                Console.WriteLine(JsonSerializer.Serialize(ledger.Streams.Select(Describe), SharedOptions.Json));
            else
                Print(ledger.Streams);
            foreach (var fault in ledger.Faults)
                SharedOptions.Complain(fault);
            return ledger.Faults.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"The coverage cannot be told: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    static void Print(IReadOnlyList<StreamCoverage> streams)
    {
        var days = streams.SelectMany(s => s.Hours.GroupBy(h => UtcText.Day(h.HourUs)).Select(d => new[]
        {
            s.Stream.ToString(), d.Key, Letters(d),
            d.Any(h => h.Rows is null) ? "?" : $"{d.Sum(h => h.Rows):N0}", $"{d.SelectMany(h => h.Holes).Count():N0}",
        }));
        string[] tens = ["stream", "day", "000000000011111111112222", "rows", "holes"];
        string[] ones = ["", "", "012345678901234567890123", "", ""];
        AlignedTable.Print([tens, ones, .. days], [3, 4]);
        Console.WriteLine();
        Console.WriteLine("C complete, E known empty, G gap, - not recorded; small letters: a part of the hour was recorded");
        var holes = streams.SelectMany(s => s.Holes.Select(h => new[]
        {
            s.Stream.ToString(), UtcText.Micros(h.FromUs), UtcText.Micros(h.ToUs), h.Reason, h.Place,
        })).ToList();
        Console.WriteLine();
        if (holes.Count > 0)
            AlignedTable.Print([["stream", "from", "to", "reason", "found at"], .. holes], []);
        var hours = streams.SelectMany(s => s.Hours).ToLookup(h => h.Verdict);
        Console.WriteLine(
            $"{streams.Count:N0} streams; hours: {hours[CoverageVerdict.Complete].Count():N0} complete, "
            + $"{hours[CoverageVerdict.KnownEmpty].Count():N0} known empty, {hours[CoverageVerdict.Gap].Count():N0} with gaps, "
            + $"{hours[CoverageVerdict.NotRecorded].Count():N0} not recorded; {holes.Count:N0} holes");
    }

    static string Letters(IEnumerable<CoverageHour> day)
    {
        var letters = new string(' ', 24).ToCharArray();
        foreach (var hour in day)
            letters[int.Parse(UtcText.Hour(hour.HourUs), CultureInfo.InvariantCulture)] = hour.Letter;
        return new string(letters);
    }

    static object Describe(StreamCoverage stream) => new
    {
        stream.Stream.Market.Exchange,
        stream.Stream.Market.Market,
        Channel = stream.Stream.Channel.Name(),
        stream.Stream.Symbol,
        stream.Stream.Variant,
        Hours = stream.Hours.Select(Describe),
        Holes = stream.Holes.Select(Describe),
    };

    static object Describe(CoverageHour hour) => new
    {
        Hour = UtcText.Micros(hour.HourUs),
        Verdict = hour.Verdict.Name(),
        hour.Reason,
        From = UtcText.Micros(hour.Recorded.FromUs),
        To = UtcText.Micros(hour.Recorded.ToUs),
        hour.Rows,
        hour.FirstSeq,
        hour.LastSeq,
        ChecksumOk = hour.ChecksumsOk,
        ChecksumMismatch = hour.ChecksumsMismatched,
        Gaps = hour.Holes.Select(Describe),
        Files = hour.Files.Select(f => new { File = f.FilePath, f.Manifest.Sha256, f.Manifest.Rows, f.Manifest.DecoderVersion }),
    };

    static object Describe(CoverageHole hole) => new
    {
        From = UtcText.Micros(hole.FromUs),
        To = UtcText.Micros(hole.ToUs),
        hole.Reason,
        FromSeq = Known(hole.FromSeq),
        ToSeq = Known(hole.ToSeq),
        SourceFile = hole.SourceFile.Length > 0 ? hole.SourceFile : null,
        LineNo = hole.Line > 0 ? hole.Line : (long?)null,
    };

    static long? Known(long seq) => seq == EventStamp.None ? null : seq;
}
