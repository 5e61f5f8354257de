using System.CommandLine;
using System.Text.Json;
using Ticklake.Runtime.Replay;

namespace Ticklake.Commands;

/// <summary><c>verify</c>: proves a lake against its manifests and journals.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.AsJson();
        var command = new Command(
            "verify", "Compare every segment with its manifest, and every row with the journal it comes from. Changes nothing.")
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
        try
        {
            var report = await LakeVerification.RunAsync(lake, cancel);
            if (json)
                Console.WriteLine(JsonSerializer.Serialize(report, SharedOptions.Json));
            else
                Print(report);
            return report.IsRight ? ExitCodes.Success : ExitCodes.Found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"The verification stopped: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    static void Print(VerificationReport report)
    {
        foreach (var difference in report.Differences)
            Console.WriteLine($"DIFFERENT  {difference}");
        foreach (var note in report.Notes)
            Console.WriteLine($"note  {note}");
        Console.WriteLine(
            $"{report.Segments:N0} segments with {report.SegmentRows:N0} rows in {report.SegmentBytes:N0} bytes; "
            + $"{report.Sessions:N0} sessions whose {report.JournalLines:N0} journal lines give {report.DerivedRows:N0} rows");
        if (report.PendingRows > 0)
            Console.WriteLine($"{report.PendingRows:N0} rows are not sealed yet: a recorder is at work");
        if (report.UnverifiableRows > 0)
            Console.WriteLine($"{report.UnverifiableRows:N0} rows cannot be compared with a journal");
        Console.WriteLine(report.IsRight ? "Everything is as it should be." : $"{report.DifferenceCount:N0} differences.");
    }
}
