using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Viewing;
using Ticklake.Stores.Segments;

namespace Ticklake.Commands;

/// <summary><c>stats</c>: how much a lake holds of every stream.</summary>
static class StatsCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var exchange = new Option<string?>("--exchange", "-e") { Description = "Only this exchange." };
        var json = SharedOptions.AsJson();
        var command = new Command("stats", "Sum up every stream by its manifests: rows, bytes, times, gaps, checksums.")
        {
            data, exchange, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(data)!, parsed.GetValue(exchange), parsed.GetValue(json)));
        return command;
    }

    static int Run(string data, string? exchange, bool json)
    {
        if (SharedOptions.ExistingLake(data) is not { } lake)
            return ExitCodes.Usage;
        try
        {
            var streams = StreamStatistics.Of(LakeSegments.Of(lake).Where(s => exchange is null || s.Stream.Market.Exchange == exchange));
            if (json)
                PrintJson(streams);
            else
                Print(streams);
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"The catalogue cannot be read: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    static void Print(IReadOnlyList<StreamStatistics> streams)
    {
        string[] heading =
            ["stream", "segments", "rows", "bytes", "bytes/row", "first", "last", "gaps", "checksums ok", "wrong", "inexact"];
        AlignedTable.Print([heading, .. streams.Select(Cells)], [1, 2, 3, 4, 7, 8, 9, 10]);
        Console.WriteLine();
        var (rows, bytes) = (streams.Sum(s => s.Rows), streams.Sum(s => s.Bytes));
        Console.WriteLine(
            $"{streams.Count:N0} streams, {streams.Sum(s => s.Segments):N0} segments, {rows:N0} rows, {bytes:N0} bytes"
            + (rows > 0 ? $", {PerRow((double)bytes / rows)} bytes/row" : "") + $", {streams.Sum(s => s.Gaps):N0} gaps");
    }

    static string[] Cells(StreamStatistics stream) =>
    [
        stream.Stream.ToString(), $"{stream.Segments:N0}", $"{stream.Rows:N0}", $"{stream.Bytes:N0}", PerRow(stream.BytesPerRow),
        UtcText.Micros(stream.FirstRecvUs), UtcText.Micros(stream.LastRecvUs), $"{stream.Gaps:N0}", $"{stream.ChecksumsOk:N0}",
        $"{stream.ChecksumsMismatched:N0}", $"{stream.InexactValues:N0}",
    ];

    static string PerRow(double bytes) => bytes.ToString("0.00", CultureInfo.InvariantCulture);

    static void PrintJson(IReadOnlyList<StreamStatistics> streams) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            Streams = streams.Select(s => new
            {
                s.Stream.Market.Exchange,
                s.Stream.Market.Market,
                Channel = s.Stream.Channel.Name(),
                s.Stream.Symbol,
                s.Stream.Variant,
                s.Segments,
                s.Rows,
                s.Bytes,
                s.BytesPerRow,
                FirstRecvTs = UtcText.Micros(s.FirstRecvUs),
                LastRecvTs = UtcText.Micros(s.LastRecvUs),
                s.Gaps,
                ChecksumOk = s.ChecksumsOk,
                ChecksumMismatch = s.ChecksumsMismatched,
                s.InexactValues,
                s.RoundedValues,
            }),
            Segments = streams.Sum(s => s.Segments),
            Rows = streams.Sum(s => s.Rows),
            Bytes = streams.Sum(s => s.Bytes),
            Gaps = streams.Sum(s => s.Gaps),
        },
        SharedOptions.Json));
}
