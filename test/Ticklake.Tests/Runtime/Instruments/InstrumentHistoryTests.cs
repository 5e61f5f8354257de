using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;
using Ticklake.Runtime.Instruments;
using Xunit;

namespace Ticklake.Tests.Runtime.Instruments;

public sealed class InstrumentHistoryTests : IDisposable
{
    static readonly DateTimeOffset Monday = new(2026, 11, 16, 8, 0, 0, TimeSpan.Zero);

    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-instruments-").FullName;

    string Path => InstrumentHistory.PathOf(_folder, new MarketId("binance", "usdm"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Listings_changes_and_delistings_are_remembered_with_their_times()
    {
        var history = InstrumentHistory.Open(Path);
        history.Update([Of("BTCUSDT"), Of("ETHUSDT")], Monday).ShouldBe(2);
        history.Update([Of("BTCUSDT"), Of("ETHUSDT")], Monday.AddDays(1)).ShouldBe(0);
        history.Update([Of("BTCUSDT", tick: "0.1"), Of("龙虾USDT")], Monday.AddDays(2)).ShouldBe(3);

        var again = InstrumentHistory.Open(Path);
        again.ReadAt.ShouldBe(Monday.AddDays(2));
        again.Current.Select(p => p.Instrument.Symbol).Order(StringComparer.Ordinal).ShouldBe(["BTCUSDT", "龙虾USDT"]);
        again.Find("BTCUSDT")!.TickSize.ToString().ShouldBe("0.1");
        again.All.Where(p => p.ValidTo is not null).Select(p => (p.Instrument.Symbol, p.ValidFrom, p.ValidTo!.Value))
            .ShouldBe([("BTCUSDT", Monday, Monday.AddDays(2)), ("ETHUSDT", Monday, Monday.AddDays(2))], ignoreOrder: true);
        System.IO.Path.GetFileName(Path).ShouldBe("binance-usdm.jsonl");
    }

    [Fact]
    public void A_list_of_nothing_delists_nothing()
    {
        var history = InstrumentHistory.Open(Path);
        history.Update([Of("BTCUSDT")], Monday);
        history.Update([], Monday.AddDays(1)).ShouldBe(0);
        history.Find("BTCUSDT").ShouldNotBeNull();
        history.ReadAt.ShouldBe(Monday);
    }

    [Fact]
    public void A_line_that_a_crash_cut_short_costs_only_itself()
    {
        InstrumentHistory.Open(Path).Update([Of("BTCUSDT")], Monday);
        File.AppendAllText(Path, "{\"t\":\"2026-11-17T08:00:00Z\",\"event\":\"lis");
        var history = InstrumentHistory.Open(Path);
        history.Find("BTCUSDT").ShouldNotBeNull();
        history.Update([Of("BTCUSDT"), Of("ETHUSDT")], Monday.AddDays(1)).ShouldBe(1);
        InstrumentHistory.Open(Path).Find("ETHUSDT")!.Pair.ShouldBe("ETH-USDT");
    }

    static Instrument Of(string symbol, string tick = "0.01")
    {
        ExactDecimal.TryParse(System.Text.Encoding.UTF8.GetBytes(tick), out var step).ShouldBeTrue();
        return new Instrument(symbol, symbol[..^4], "USDT", "perpetual", "TRADING", step, ExactDecimal.None, ExactDecimal.None);
    }
}
