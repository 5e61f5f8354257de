using System.Globalization;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Tables;

namespace Ticklake.Benchmarks.Replay;

/// <summary>
/// What the whole way from a journal to sealed Parquet costs, beside a bare <see cref="Utf8JsonReader"/> walk over the same
/// frames: processor time of the process, both in turn, the median of the ratios.
/// </summary>
static class ReplayCost
{
    const int Rounds = 9;

    // The just-in-time compiler needs some seconds of a recording to come to rest; a recorder runs for months.
    const long WarmUpFrames = 2_000_000;

    static readonly (string Exchange, string Market, RecordingFormat Format, string[] Files)[] Recordings =
    [
        ("bitfinex", MarketId.Spot, RecordingFormat.Lines, ["bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz"]),
        ("binance", MarketId.Spot, RecordingFormat.Hftbacktest,
            ["binance_spot/hftbacktest_spot_btcusdt_20240808.gz", "binance_spot/hftbacktest_spot_btcusdt_20240809.gz"]),
    ];

    internal static async Task RunAsync(TextWriter output, string fixtures, string[] exchanges)
    {
        output.WriteLine("processor time per frame, ns");
        output.WriteLine("replay                                            frames      rows    walk  read  +pipeline  +segments  replay/walk  B alloc/frame");
        foreach (var (exchange, market, format, files) in Recordings)
        {
            if (exchanges.Length > 0 && !exchanges.Contains(exchange))
                continue;
            string[] paths = [.. files.Select(f => Path.Combine(fixtures, f))];
            if (!paths.All(File.Exists))
            {
                output.WriteLine($"(absent: {files[0]})");
                continue;
            }

            var lake = Directory.CreateTempSubdirectory("ticklake-bench-").FullName;
            try
            {
                RecordingImporter.Import(
                    new ImportRequest
                    {
                        Format = format,
                        Market = new MarketId(exchange, market),
                        Files = paths,
                        DataDirectory = lake,
                    },
                    CancellationToken.None);
                await MeasureAsync(output, Path.GetFileName(files[0]), lake);
            }
            finally
            {
                Directory.Delete(lake, recursive: true);
            }
        }
    }

    static async Task MeasureAsync(TextWriter output, string name, string lake)
    {
        var frames = LoadFrames(lake);
        var ratios = new double[Rounds];
        var reads = new double[Rounds];
        var pipelines = new double[Rounds];
        var replays = new double[Rounds];
        var walks = new double[Rounds];
        long allocated = 0;
        SegmentReplayReport report = null!;
        var warmUps = (int)Math.Max(2, WarmUpFrames / frames.Count);
        for (var round = -warmUps; round < Rounds; round++)
        {
            var walk = Cpu(() => Walk(frames));
            var read = Cpu(() => Read(lake));
            var pipeline = Cpu(() => Process(lake));
            var made = Path.Combine(lake, "made");
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var start = Environment.CpuUsage.TotalTime;
            report = await SegmentReplay.RemakeAsync(lake, made, CancellationToken.None);
            var replay = (Environment.CpuUsage.TotalTime - start).TotalNanoseconds;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            Directory.Delete(made, recursive: true);
            if (round < 0)
                continue;
            ratios[round] = replay / walk;
            reads[round] = read / frames.Count;
            pipelines[round] = pipeline / frames.Count;
            replays[round] = replay / frames.Count;
            walks[round] = walk / frames.Count;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-46} {frames.Count,9} {report.Replay.Rows,9} {Median(walks),7:F0} {Median(reads),5:F0} {Median(pipelines),10:F0} "
            + $"{Median(replays),10:F0} {Median(ratios),12:F2} "
            + $"{(double)allocated / frames.Count,14:F1}"));
    }

    static void Read(string lake)
    {
        foreach (var file in JournalFolder.Files(lake))
        {
            using var reader = new JournalReader(file.FullPath);
            while (reader.TryRead(out _))
            {
                // Reading is the measure.
            }
        }
    }

    static void Process(string lake)
    {
        var pool = new RowBatchPool();
        foreach (var session in JournalFolder.Sessions(lake))
        {
            var exchange = ExchangeCatalog.Find(session.Market.Exchange)!;
            using var replay = new SessionReplay(
                session, exchange, new StreamStates(exchange), new PipelineOutputs(new DiscardSink(pool), pool));
            while (replay.Advance(int.MaxValue))
            {
                // To the end of the session.
            }
        }
    }

    static double Cpu(Action work)
    {
        var start = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds;
    }

    static List<byte[]> LoadFrames(string lake)
    {
        var frames = new List<byte[]>();
        foreach (var session in JournalFolder.Sessions(lake))
        {
            foreach (var file in session.Files)
            {
                using var reader = new JournalReader(file.FullPath);
                while (reader.TryRead(out var line))
                {
                    if (line.Kind == JournalLineKind.Received)
                        frames.Add(line.Payload.ToArray());
                }
            }
        }

        return frames;
    }

    static void Walk(List<byte[]> frames)
    {
        foreach (var frame in frames)
        {
            var reader = new Utf8JsonReader(frame);
            while (reader.Read())
            {
                // The walk is the measure.
            }
        }
    }

    static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
