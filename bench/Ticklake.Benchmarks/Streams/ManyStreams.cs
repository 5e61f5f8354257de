using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Ticklake.Benchmarks.Live;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Recording;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;

namespace Ticklake.Benchmarks.Streams;

/// <summary>
/// A thousand streams of all markets in one process, against the simulator in another one that keeps the exchanges' limits:
/// first a quiet run whose rows must all be there, then a storm that cuts every connection in the same second.
/// </summary>
static class ManyStreams
{
    const int Wanted = 1000;

    // Enough for every market: the one with the fewest channels needs the most symbols.
    const int Symbols = 24;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    static readonly TimeSpan StormAfter = TimeSpan.FromSeconds(20);
    static readonly TimeSpan StormPatience = TimeSpan.FromMinutes(5);

    /// <param name="output">Takes the report.</param>
    /// <param name="program">Path of <c>ticklake.dll</c>.</param>
    /// <param name="duration">How long the quiet run records.</param>
    /// <param name="rate">Market events per second and symbol.</param>
    /// <returns>Whether everything was as it should be.</returns>
    internal static async Task<bool> RunAsync(TextWriter output, string program, TimeSpan duration, string rate)
    {
        var data = Directory.CreateTempSubdirectory("ticklake-streams-").FullName;
        using var simulator = SimulatorProcess.Start(
            program, "--limits", "--symbols", Symbols.ToString(CultureInfo.InvariantCulture), "--rate", rate);
        try
        {
            var endpoints = await simulator.ReadEndpointsAsync();
            var options = new RecorderOptions { Data = data, Markets = StreamChoice.Of(endpoints, Symbols, Wanted) };
            var streams = options.Markets.Sum(m => m.Streams.Count);
            output.WriteLine($"{streams} streams of {options.Markets.Count} markets, {rate} market events/s and symbol, seed 1, limits kept");
            await QuietAsync(output, options, duration);
            var truth = await simulator.TruthAsync();
            var isRight = CompareRows(output, data, truth) & Report(output, truth, "quiet run");
            await StormAsync(output, options, simulator);
            truth = await simulator.TruthAsync();
            isRight &= Report(output, truth, "storm");
            var verification = await LakeVerification.RunAsync(data, CancellationToken.None);
            output.WriteLine($"verify: {verification.DerivedRows} rows, {verification.Differences.Count} differences");
            return isRight & verification.IsRight;
        }
        finally
        {
            await simulator.StopAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    static async Task QuietAsync(TextWriter output, RecorderOptions options, TimeSpan duration)
    {
        await using var recorder = new Recorder(options, TimeProvider.System, NullLogger.Instance);
        using var stop = new CancellationTokenSource(duration);
        var run = Task.Run(() => recorder.RunAsync(stop.Token));
        output.WriteLine(" seconds  connections  live streams    frames  frames/s  CPU % of a core  RSS MB  heap MB  queued rows  deferred  gaps");
        var started = Stopwatch.GetTimestamp();
        var markets = "";
        var before = (Frames: 0L, Cpu: Environment.CpuUsage.TotalTime, At: started);
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, Task.Delay(Interval));
            var status = recorder.Status();
            var now = (status.Counts.Frames, Cpu: Environment.CpuUsage.TotalTime, At: Stopwatch.GetTimestamp());
            var passed = Stopwatch.GetElapsedTime(before.At, now.At);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(started).TotalSeconds,8:F0} {status.Connections.Count(c => c.State == "connected"),12} "
                + $"{status.Connections.Sum(c => c.Live),13} {now.Frames,9} {(now.Frames - before.Frames) / passed.TotalSeconds,9:F0} "
                + $"{100 * (now.Cpu - before.Cpu) / passed,16:F0} {Environment.WorkingSet / 1e6,7:F0} {GC.GetTotalMemory(false) / 1e6,8:F0} "
                + $"{status.QueuedRows,12} {status.Counts.BatchesDeferred,9} {status.Counts.Gaps,5}"));
            before = now;
            if (status.Connections.Sum(c => c.Live) > 0)
                markets = string.Join("; ", status.Connections.GroupBy(c => c.Market).Select(Describe));
        }

        await run;
        output.WriteLine("live streams of wanted ones, connections: " + markets);
    }

    static string Describe(IGrouping<string, ConnectionStatus> market) =>
        $"{market.Key} {market.Sum(c => c.Live)}/{market.Sum(c => c.Streams)}, {market.Count()}";

    static async Task StormAsync(TextWriter output, RecorderOptions options, SimulatorProcess simulator)
    {
        var findings = new Dictionary<string, int>();
        await using var recorder = new Recorder(options, TimeProvider.System, NullLogger.Instance)
        {
            Observer = finding =>
            {
                lock (findings)
                    findings[finding.Kind] = findings.GetValueOrDefault(finding.Kind) + 1;
            },
        };
        using var stop = new CancellationTokenSource();
        var run = Task.Run(() => recorder.RunAsync(stop.Token));
        await UntilLiveAsync(recorder);
        await Task.Delay(StormAfter);
        await simulator.CutEveryConnectionAsync();
        await UntilAsync(() => recorder.Status().Connections.All(c => c.Reconnects > 0));
        var cut = Stopwatch.GetTimestamp();
        await UntilLiveAsync(recorder);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"storm: every stream of {recorder.Status().Connections.Count} connections live again after {Stopwatch.GetElapsedTime(cut).TotalSeconds:F0} s"));
        await Task.Delay(StormAfter);
        await stop.CancelAsync();
        await run;
        output.WriteLine("storm: findings " + string.Join(", ", findings.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} {f.Value}")));
    }

    static Task UntilLiveAsync(Recorder recorder) => UntilAsync(
        () => recorder.Status().Connections is { Count: > 0 } all && all.All(c => c.State == "connected" && c.Live == c.Streams));

    static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(StormPatience);
        while (!isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
    }

    static bool CompareRows(TextWriter output, string data, JsonElement truth)
    {
        var sent = new Dictionary<string, long>();
        foreach (var stream in truth.GetProperty("streams").EnumerateArray())
            Add(sent, $"{Text(stream, "exchange")} {Text(stream, "table")} {Text(stream, "symbol")}", stream.GetProperty("rows").GetInt64());
        foreach (var answers in truth.GetProperty("rest_rows").EnumerateObject())
        {
            if (answers.Name.Split(' ') is [var venue, _, var symbol])
                Add(sent, $"{venue} {Channel.Books.Name()} {symbol}", answers.Value.GetInt64());
        }

        var recorded = new Dictionary<string, long>();
        var catalog = new SegmentCatalog(data, DiskFileSystem.Instance);
        foreach (var entry in catalog.Entries().Where(e => e.Stream.Channel != Channel.Controls))
            Add(recorded, $"{entry.Stream.Market.PathName} {entry.Stream.Channel.Name()} {entry.Stream.Symbol}", entry.Manifest.Rows);
        var differing = sent.Keys.Union(recorded.Keys)
            .Where(k => sent.GetValueOrDefault(k) != recorded.GetValueOrDefault(k)).Order(StringComparer.Ordinal).ToList();
        output.WriteLine($"quiet run: {sent.Count} tables and symbols, {sent.Values.Sum()} rows sent, {recorded.Values.Sum()} recorded, {differing.Count} differ");
        foreach (var key in differing.Take(10))
            output.WriteLine($"  {key}: sent {sent.GetValueOrDefault(key)}, recorded {recorded.GetValueOrDefault(key)}");
        return differing.Count == 0;
    }

    // What the exchanges would not have allowed: refused handshakes and requests, and connections cut for what was sent on them.
    static bool Report(TextWriter output, JsonElement truth, string when)
    {
        var ends = truth.GetProperty("connections").EnumerateArray().Select(c => c.GetProperty("closed").GetString() ?? "open")
            .GroupBy(c => c).OrderBy(g => g.Key, StringComparer.Ordinal);
        output.WriteLine($"{when}: connections ended by {string.Join(", ", ends.Select(e => $"{e.Key} {e.Count()}"))}");
        if (!truth.TryGetProperty("clients", out _))
            return true;
        var refused = truth.GetProperty("clients").EnumerateArray().Where(c => c.GetProperty("refused").GetInt64() > 0).ToList();
        output.WriteLine($"{when}: {truth.GetProperty("clients").EnumerateArray().Sum(c => c.GetProperty("requests").GetInt64())} REST requests; "
            + $"refused: {(refused.Count == 0 ? "none" : string.Join(", ", refused.Select(c => $"{Text(c, "exchange")} {c.GetProperty("refused")}")))}");
        return refused.Count == 0;
    }

    static void Add(Dictionary<string, long> counts, string key, long count) =>
        counts[key] = counts.GetValueOrDefault(key) + count;

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
