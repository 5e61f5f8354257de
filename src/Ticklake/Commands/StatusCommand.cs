using System.CommandLine;
using System.Text.Json;
using Ticklake.Hosting;
using Ticklake.Runtime.Recording;

namespace Ticklake.Commands;

/// <summary><c>status</c>: what the recorder of a data directory is doing.</summary>
static class StatusCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.AsJson();
        var command = new Command("status", "Show what the recorder of a data directory is doing.") { data, json };
        command.SetAction(parsed => Run(parsed.GetValue(data)!, parsed.GetValue(json)));
        return command;
    }

    static int Run(string data, bool json)
    {
        if (SharedOptions.ExistingLake(data) is not { } lake)
            return ExitCodes.Usage;
        using var free = LakeLock.TryTake(lake);
        var status = StatusFile.Read(lake);
        var state = free is not null ? "stopped" : status?.State ?? "starting";
        if (json)
            Console.WriteLine(JsonSerializer.Serialize((status ?? new RecorderStatus()) with { State = state }, SharedOptions.Json));
        else if (status is null)
            Console.WriteLine(free is null ? "A recorder is starting." : $"No recorder has run in {lake}.");
        else
            Print(status with { State = state });
        return free is null ? ExitCodes.Success : ExitCodes.Found;
    }

    static void Print(RecorderStatus status)
    {
        Console.WriteLine($"{status.State}, process {status.ProcessId}, since {status.StartedAt:u}, as of {status.Time:u}");
        foreach (var connection in status.Connections)
        {
            Console.WriteLine(
                $"  {connection.Market} #{connection.Ordinal}: {connection.State}"
                + (connection.Address is null ? "" : $" from {connection.Address}")
                + $", {connection.Live}/{connection.Streams} streams live, "
                + $"{connection.Reconnects} reconnects" + (connection.LastFault is null ? "" : $", last fault: {connection.LastFault}"));
            foreach (var book in connection.FailingBooks)
                Console.WriteLine($"    {book.Stream}: its book failed {book.Failures} times in a row, {book.Reason}");
        }

        foreach (var rule in status.Selections)
        {
            Console.WriteLine(
                $"  {rule.Market}: {rule.Rule}: {rule.Symbols.Count} symbols, {rule.Streams} streams"
                + (rule.Fault is null ? "" : $"; {rule.Fault}"));
        }

        var counts = status.Counts;
        Console.WriteLine(
            $"  {counts.Frames:N0} frames, {counts.Rows:N0} rows, {counts.Gaps:N0} gaps, checksums {counts.ChecksumsOk:N0} ok "
            + $"{counts.ChecksumsMismatched:N0} wrong, {counts.Duplicates:N0} duplicates, {counts.Quarantined:N0} unparseable");
        Console.WriteLine(
            $"  latency exchange to recorder {LiveView.Latency(status)}");
        foreach (var clock in status.Clocks)
        {
            Console.WriteLine(
                $"  clock of {clock.Market}: {clock.OffsetUs / 1000.0:+0.###;-0.###;0} ms ± {clock.UncertaintyUs / 1000.0:0.###} ms "
                + $"against ours ({clock.Source}, {clock.At:u})");
        }

        Console.WriteLine(
            $"  {status.OpenSegments} open segments ({status.OpenRows:N0} rows), {status.SealedSegments:N0} sealed"
            + (status.JournalFault is null ? "" : $"; JOURNAL: {status.JournalFault}"));
        if (status.LeftOut is { } leftOut)
            Console.WriteLine($"  DISK nearly full; not recorded: {leftOut}");
    }
}
