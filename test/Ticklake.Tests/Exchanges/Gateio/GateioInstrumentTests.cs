using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Gateio;
using Xunit;

namespace Ticklake.Tests.Exchanges.Gateio;

public sealed class GateioInstrumentTests
{
    [Fact]
    public void Every_pair_is_read_at_once_with_its_steps()
    {
        var reader = new GateioExchange().CreateInstrumentReader(GateioExchange.Spot);
        reader.Next!.PathAndQuery.ShouldBe("/api/v4/spot/currency_pairs");
        reader.Take("""
            [{"id":"BTC_USDT","base":"BTC","quote":"USDT","precision":1,"amount_precision":6,"trade_status":"tradable",
              "max_base_amount":null,"slippage":"0.05"},{"id":"X_Y","base":"X","quote":"Y"}]
            """u8).ShouldBeNull();
        reader.Next.ShouldBeNull();
        reader.Instruments.Select(Describe).ShouldBe(["BTC_USDT BTC-USDT tradable 0.1 0.000001", "X_Y X-Y  - -"]);
    }

    [Fact]
    public void An_error_object_is_told() => new GateioExchange().CreateInstrumentReader(GateioExchange.Spot)
        .Take("""{"label":"SERVER_ERROR","message":""}"""u8).ShouldNotBeNull();

    static string Describe(Instrument i) =>
        $"{i.Symbol} {i.Pair} {i.Status} {EventLog.Text(i.TickSize)} {EventLog.Text(i.LotSize)}";
}
