using System.CommandLine;
using System.Text.Json;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;

namespace Ticklake.Commands;

/// <summary><c>gaps</c>: every finding about the data's wholeness.</summary>
static class GapsCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.AsJson();
        var command = new Command("gaps", "List every gap, checksum mismatch, late, repeated or unparseable frame of the journals.")
        {
            data, json,
        };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(data)!, parsed.GetValue(json), cancel));
        return command;
    }

    static async Task<int> RunAsync(string data, bool json, CancellationToken cancel)
    {
        if (SharedOptions.ExistingLake(data) is not { } lake)
            return ExitCodes.Usage;
        var found = new List<IntegrityEvent>();
        var report = await GapList.FindAsync(lake, found.Add, cancel);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(found.Select(Describe), SharedOptions.Json));
        else
        {
            foreach (var finding in found)
            {
                var stream = finding.Stream?.ToString() ?? finding.Market.ToString();
                Console.WriteLine(
                    $"{finding.Time}  {finding.Kind,-18} {stream}  {finding.Rule}: expected {finding.Expected}, saw {finding.Seen}"
                    + $"  ({finding.SourceFile}:{finding.LineNumber}"
                    + (finding.ImportedLine > 0 ? $", imported line {finding.ImportedLine})" : ")"));
            }

            Console.WriteLine($"{found.Count:N0} findings in {report.Frames:N0} frames of {report.Sessions:N0} session(s)");
        }

        foreach (var damage in report.Damages)
            SharedOptions.Complain($"damaged: {damage}");
        return ExitCodes.Success;
    }

    static object Describe(IntegrityEvent finding) => new
    {
        finding.Kind,
        finding.Market.Exchange,
        finding.Market.Market,
        Channel = finding.Stream?.Channel.Name(),
        finding.Stream?.Symbol,
        finding.Stream?.Variant,
        finding.SourceFile,
        LineNo = finding.LineNumber,
        ImportedLine = finding.ImportedLine > 0 ? finding.ImportedLine : (long?)null,
        finding.Rule,
        finding.Expected,
        finding.Seen,
        FromSeq = Known(finding.FromSeq),
        ToSeq = Known(finding.ToSeq),
        Time = finding.Time.ToString(),
    };

    static long? Known(long seq) => seq == EventStamp.None ? null : seq;
}
