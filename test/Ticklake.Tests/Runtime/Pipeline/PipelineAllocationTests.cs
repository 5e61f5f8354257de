using Shouldly;
using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Exchanges;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class PipelineAllocationTests
{
    [Fact]
    public void Data_frames_of_binance_cost_next_to_nothing() => Measure(
        "binance", [.. RecordedFrames.HftBacktest("binance_spot/hftbacktest_spot_btcusdt_20240808.gz")]).ShouldBeLessThan(50);

    [Fact]
    public void Data_frames_of_bitfinex_cost_next_to_nothing() => Measure(
        "bitfinex",
        [.. RecordedFrames.Joined("bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz").Take(100_000)]).ShouldBeLessThan(50);

    // Bytes a frame, over the second half: the first one warms up.
    static double Measure(string id, byte[][] frames)
    {
        var exchange = ExchangeCatalog.Find(id)!;
        var pool = new RowBatchPool();
        var pipeline = new MarketPipeline(
            exchange,
            new SessionIdentity(exchange.Markets[0], "c"),
            new StreamStates(exchange),
            new PipelineOutputs(new DiscardSink(pool), pool));
        pipeline.BeginFile("f");
        long before = 0;
        for (var i = 0; i < frames.Length; i++)
        {
            if (i == frames.Length / 2)
                before = GC.GetAllocatedBytesForCurrentThread();
            var isAnswer = frames[i].AsSpan().StartsWith("{\"lastUpdateId\""u8);
            pipeline.Process(
                new JournalLine
                {
                    Kind = isAnswer ? JournalLineKind.Answer : JournalLineKind.Received,
                    Time = new TimestampNs(1_000_000L * i),
                    LineNumber = i + 1,
                    Payload = frames[i],
                    Path = "/api/v3/depth?symbol=BTCUSDT&limit=1000"u8,
                    Status = 200,
                });
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (frames.Length / 2.0);
    }
}
