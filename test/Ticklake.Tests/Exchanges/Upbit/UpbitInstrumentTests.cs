using System.Text;
using Shouldly;
using Ticklake.Exchanges.Upbit;
using Xunit;

namespace Ticklake.Tests.Exchanges.Upbit;

public sealed class UpbitInstrumentTests
{
    [Fact]
    public void Markets_are_listed_and_their_ticks_asked_for_fifty_at_a_time()
    {
        var reader = new UpbitExchange().CreateInstrumentReader(UpbitExchange.Spot);
        reader.Next!.PathAndQuery.ShouldBe("/v1/market/all?is_details=true");
        var markets = Enumerable.Range(0, 60).Select(i => $$$"""{"market":"KRW-X{{{i}}}","market_event":{"warning":{{{(i == 0 ? "true" : "false")}}}}}""");
        reader.Take(Encoding.UTF8.GetBytes($"[{string.Join(',', markets)}]")).ShouldBeNull();
        reader.Next!.PathAndQuery.Split(',').Length.ShouldBe(50);
        reader.Take("""[{"market":"KRW-X0","quote_currency":"KRW","tick_size":"1000","supported_levels":["0"]}]"""u8).ShouldBeNull();
        reader.Next!.PathAndQuery.Split(',').Length.ShouldBe(10);
        reader.Take("""[{"market":"KRW-X59","tick_size":0.01}]"""u8).ShouldBeNull();
        reader.Next.ShouldBeNull();
        reader.Instruments.Select(i => $"{i.Symbol} {i.Pair} {i.Status} {EventLog.Text(i.TickSize)}")
            .ShouldBe(["KRW-X0 X0-KRW CAUTION 1000", "KRW-X59 X59-KRW ACTIVE 0.01"]);
    }
}
