using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ticklake.Runtime.Recording;
using Ticklake.Stores.Compaction;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Commands;

/// <summary><c>compact</c>: the small segments of a day become one.</summary>
static class CompactCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var before = new Option<DateOnly?>("--before")
        {
            Description = "Only days before this one, UTC: 2025-01-17. Default: today, so that no day is merged that still grows.",
            CustomParser = result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var day))
                    return day;
                result.AddError($"--before wants a day such as 2025-01-17, not '{result.Tokens[0].Value}'.");
                return null;
            },
        };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be merged." };
        var json = SharedOptions.AsJson();
        var command = new Command(
            "compact",
            "Merge the small segments of each stream and day. Rows are proven equal before the old files go; it may be stopped or killed "
            + "at any moment and run again.")
        {
            data, before, dry, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            var day = parsed.GetValue(before) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            return Task.FromResult(Run(parsed.GetValue(data)!, day, parsed.GetValue(dry), parsed.GetValue(json), cancel));
        });
        return command;
    }

    static int Run(string data, DateOnly before, bool isDry, bool json, CancellationToken cancel)
    {
        if (SharedOptions.ExistingLake(data) is not { } lake)
            return ExitCodes.Usage;
        using var taken = LakeLock.TryTake(lake);
        if (taken is null)
        {
            SharedOptions.Complain($"{lake} is being recorded to. Compact it when the recorder has stopped.");
            return ExitCodes.Failed;
        }

        try
        {
            return Run(Open(lake), before, isDry, json, cancel);
        }
        catch (OperationCanceledException)
        {
            SharedOptions.Complain("Stopped. What was merged is merged, the rest is as it was.");
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"The segments cannot be compacted: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    static SegmentSetting Open(string lake)
    {
        var catalog = new SegmentCatalog(lake, DiskFileSystem.Instance);
        var recovery = new SegmentRecovery(lake, DiskFileSystem.Instance, catalog).Run();
        foreach (var path in recovery.Unsealed)
            SharedOptions.Complain($"Set aside, because no manifest says what it holds: {path}");
        return new SegmentSetting(new SegmentOptions(), lake, DiskFileSystem.Instance, catalog, new RowBatchPool())
        {
            Report = SharedOptions.Complain,
        };
    }

    static int Run(SegmentSetting setting, DateOnly before, bool isDry, bool json, CancellationToken cancel)
    {
        var beforeUs = (before.ToDateTime(default, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var groups = CompactionPlan.Of(setting.Catalog.Entries(), beforeUs, setting.Options.MaxBytes);
        if (isDry)
        {
            foreach (var group in groups)
                Console.WriteLine($"{group.Segments.Count:N0} segments, {group.Rows:N0} rows, {group.Bytes:N0} bytes: {group.Segments[0].FilePath} …");
            Console.WriteLine($"{groups.Sum(x => x.Segments.Count):N0} segments would become {groups.Count:N0}.");
            return ExitCodes.Success;
        }

        var report = LakeCompaction.Run(
            setting,
            groups,
            (group, entry) =>
            {
                if (!json)
                    Console.WriteLine($"{group.Segments.Count:N0} segments → {entry.FilePath}: {entry.Manifest.Rows:N0} rows, "
                        + $"{group.Bytes:N0} → {entry.Manifest.Bytes:N0} bytes");
            },
            cancel);
        if (json)
            PrintJson(report);
        else
            Print(report);
        foreach (var fault in report.Faults)
            SharedOptions.Complain($"Not merged: {fault}");
        return report.Faults.Count == 0 ? ExitCodes.Success : ExitCodes.Found;
    }

    static void PrintJson(CompactionReport report) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            report.Merged,
            report.Made,
            report.Rows,
            report.BytesBefore,
            report.BytesAfter,
            Faults = report.Faults.Select(fault => fault.ToString()),
        },
        SharedOptions.Json));

    static void Print(CompactionReport report) => Console.WriteLine(report.Merged == 0
        ? "Nothing to merge."
        : $"{report.Merged:N0} segments became {report.Made:N0}: {report.Rows:N0} rows, {report.BytesBefore:N0} → {report.BytesAfter:N0} bytes.");
}
