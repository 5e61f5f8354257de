using System.Buffers;
using System.Globalization;
using System.Text;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Ticklake.Tests.Exchanges;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Bad frames between good ones of Binance: 500,000 in all.</summary>
public sealed class BinanceFuzzTests(ITestOutputHelper output)
{
    const int Seed = 20261121;
    const string Depth = "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1723161600000,\"s\":\"BTCUSDT\","
        + "\"U\":1,\"u\":2,\"a\":[],\"b\":[";

    // Frames before and after the REST answer that a new session asks for.
    const int Before = 20;
    const int After = 60;

    [Fact]
    public void A_recording_stands_among_bad_frames()
    {
        byte[][] good = [.. RecordedFrames.HftBacktest("binance_spot/hftbacktest_spot_btcusdt_20240808.gz").Take(4000)];
        var (trail, trailed) = (new PipelineRig("binance"), 0);
        Run(
            good,
            420_000,
            [
                .. HostileFrames.Deep(10_000, Depth), .. HostileFrames.Deep(1_000_000, Depth),
                .. HostileFrames.Largest(Depth, i => $"[\"{(i * 7919L % 1000003).ToString(CultureInfo.InvariantCulture)}\",\"1.5\"]"),
                .. HostileFrames.Largest(Depth, _ => "[\"1\",\"1\"]"),
            ],
            (session, last) =>
            {
                for (; trailed <= last - After; trailed++)
                {
                    Give(trail, good[trailed]);
                    trail.Batches.Clear();
                }

                var truth = trail.State(Channel.Books);
                var first = Math.Max(0, last - After - Before);
                for (var i = first; i <= last; i++)
                {
                    if (i == last - After + 1 && truth.BookStatus == BookStatus.Valid)
                        session.Answer("/api/v3/depth?symbol=BTCUSDT&limit=1000", Snapshot(truth.Chained!));
                    Give(session, good[i]);
                }
            });
    }

    [Fact]
    public void Combined_frames_stand_among_bad_frames() => Run(FixtureFrames.Read("Binance", "combined"), 40_000, [], null);

    [Fact]
    public void Raw_frames_stand_among_bad_frames() => Run(FixtureFrames.Read("Binance", "raw"), 40_000, [], null);

    void Run(byte[][] good, int bad, IEnumerable<byte[]> more, Action<PipelineRig, int>? resubscribe)
    {
        output.WriteLine($"seed {Seed}");
        var plan = new FuzzPlan("binance", good, bad, Seed)
        {
            Hostile = good.Where(x => x.Length < 1000).Take(40).SelectMany(HostileFrames.Of).Concat(more),
            Resubscribe = resubscribe,
            JudgeLasts = 1000,
        };
        new FuzzRun(plan).Run().ShouldBeGreaterThanOrEqualTo(bad);
    }

    static void Give(PipelineRig rig, byte[] frame)
    {
        if (frame.AsSpan().StartsWith("{\"lastUpdateId\""u8))
            rig.Answer("/api/v3/depth?symbol=BTCUSDT&limit=1000", Encoding.UTF8.GetString(frame));
        else
            rig.Receive(frame);
        rig.Pipeline.Feed.Clear();
    }

    static string Snapshot(ChainedBook book)
    {
        var dump = new ArrayBufferWriter<byte>();
        book.Book.WriteCanonical(dump);
        var lines = Encoding.ASCII.GetString(dump.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return $"{{\"lastUpdateId\":{book.BookId},\"bids\":[{Levels('b')}],\"asks\":[{Levels('a')}]}}";

        string Levels(char side) => string.Join(
            ',', lines.Where(x => x[0] == side).Select(x => x.Split(' ')).Select(x => $"[\"{x[1]}\",\"{x[2]}\"]"));
    }
}
