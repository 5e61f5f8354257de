using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Recording;

namespace Ticklake.Benchmarks.Live;

/// <summary>
/// A recorder in this process against the simulator in another one, over loopback sockets, as fast as they go: frames per
/// second, what they cost, and whether memory stays flat.
/// </summary>
static class LiveCost
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <param name="output">Takes the table.</param>
    /// <param name="program">Path of <c>ticklake.dll</c>.</param>
    /// <param name="duration">How long to record.</param>
    internal static async Task RunAsync(TextWriter output, string program, TimeSpan duration)
    {
        using var simulator = SimulatorProcess.Start(program, "--firehose");
        var data = Directory.CreateTempSubdirectory("ticklake-live-").FullName;
        try
        {
            var endpoints = await simulator.ReadEndpointsAsync();
            await RecordAsync(output, Options(data, endpoints), duration);
        }
        finally
        {
            await simulator.StopAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    static async Task RecordAsync(TextWriter output, RecorderOptions options, TimeSpan duration)
    {
        await using var recorder = new Recorder(options, TimeProvider.System, NullLogger.Instance);
        using var stop = new CancellationTokenSource(duration);
        var run = Task.Run(() => recorder.RunAsync(stop.Token));
        output.WriteLine("live over loopback, simulator in another process");
        output.WriteLine(" seconds       frames  frames/s  cpu ns/frame  B alloc/frame   RSS MB  journal backlog MB  queued rows  deferred  gaps");
        var started = Stopwatch.GetTimestamp();
        var before = (Frames: 0L, Cpu: Environment.CpuUsage.TotalTime, Bytes: GC.GetTotalAllocatedBytes(), At: started);
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, Task.Delay(Interval));
            var status = recorder.Status();
            var now = (Frames: status.Counts.Frames, Cpu: Environment.CpuUsage.TotalTime, Bytes: GC.GetTotalAllocatedBytes(), At: Stopwatch.GetTimestamp());
            var frames = Math.Max(1, now.Frames - before.Frames);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(started).TotalSeconds,8:F0} {now.Frames,12} "
                + $"{frames / Stopwatch.GetElapsedTime(before.At, now.At).TotalSeconds,9:F0} "
                + $"{(now.Cpu - before.Cpu).TotalNanoseconds / frames,13:F0} {(double)(now.Bytes - before.Bytes) / frames,14:F1} "
                + $"{Environment.WorkingSet / 1e6,8:F0} {status.JournalBacklogBytes / 1e6,19:F1} {status.QueuedRows,12} "
                + $"{status.Counts.BatchesDeferred,9} {status.Counts.Gaps,5}"));
            before = now;
        }

        await run;
    }

    static RecorderOptions Options(string data, IReadOnlyDictionary<string, Uri> endpoints)
    {
        var exchange = ExchangeCatalog.Find("binance")!;
        var market = exchange.Markets[0];
        StreamKey Key(Channel channel, string symbol) =>
            exchange.TryParseStream(market, new StreamRequest(channel, symbol, new Dictionary<string, string>()), out var key, out _)
                ? key!
                : throw new InvalidOperationException(symbol);
        return new RecorderOptions
        {
            Data = data,
            Markets =
            [
                new MarketOptions
                {
                    Exchange = exchange,
                    Market = market,
                    Endpoints = new ExchangeEndpoints(endpoints["binance websocket"], endpoints["binance rest"]),
                    MaxStreamsPerConnection = exchange.LimitsOf(exchange.Markets[0]).StreamsPerConnection,
                    Streams = [Key(Channel.Trades, "BTCUSDT"), Key(Channel.BookTicker, "BTCUSDT"), Key(Channel.BookTicker, "ETHUSDT")],
                },
            ],
        };
    }
}
