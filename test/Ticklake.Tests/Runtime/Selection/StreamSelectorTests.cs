using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Ticklake.Runtime.Selection;
using Xunit;

namespace Ticklake.Tests.Runtime.Selection;

public sealed class StreamSelectorTests
{
    static readonly IExchange Exchange = ExchangeCatalog.Find("binance")!;
    static readonly StreamTemplate Trades = new(Channel.Trades, new Dictionary<string, string>());

    [Fact]
    public void Every_condition_must_hold()
    {
        var rule = Rule() with
        {
            Patterns = [new SymbolPattern("*USDT"), new SymbolPattern("*USDC")],
            Quotes = ["USDT"],
            Kinds = ["spot"],
            Except = [new SymbolPattern("ETH*")],
        };
        Of(rule).Select([Of("BTCUSDT"), Of("ETHUSDT"), Of("BTCUSDC", quote: "USDC"), Of("SOLUSDT", kind: "perpetual"), Of("USDTBRL", quote: "BRL")], null)
            .Symbols.ShouldBe(["BTCUSDT"]);
    }

    [Fact]
    public void What_does_not_trade_is_left_out_unless_any_status_is_wanted()
    {
        Instrument[] list = [Of("BTCUSDT"), Of("ETHUSDT", status: "BREAK")];
        Of(Rule()).Select(list, null).Symbols.ShouldBe(["BTCUSDT"]);
        Of(Rule() with { Statuses = [] }).Select(list, null).Symbols.ShouldBe(["BTCUSDT", "ETHUSDT"]);
        Of(Rule() with { Statuses = ["BREAK"] }).Select(list, null).Symbols.ShouldBe(["ETHUSDT"]);
    }

    [Fact]
    public void A_halt_is_survived_for_one_reading()
    {
        var selector = Of(Rule());
        Instrument[] open = [Of("BTCUSDT"), Of("ETHUSDT")], halted = [Of("BTCUSDT"), Of("ETHUSDT", status: "BREAK")];
        selector.Select(open, null).Symbols.Count.ShouldBe(2);
        selector.Select(halted, null).Symbols.Count.ShouldBe(2);
        selector.Select(open, null).Symbols.Count.ShouldBe(2);
        selector.Select(halted, null).Symbols.Count.ShouldBe(2);
        selector.Select(halted, null).Symbols.ShouldBe(["BTCUSDT"]);
    }

    [Fact]
    public void What_is_listed_is_taken_and_what_is_gone_is_given_up_at_once()
    {
        var selector = Of(Rule());
        selector.Select([Of("BTCUSDT"), Of("ETHUSDT")], null).Symbols.ShouldBe(["BTCUSDT", "ETHUSDT"]);
        selector.Select([Of("BTCUSDT"), Of("SOLUSDT")], null).Symbols.ShouldBe(["BTCUSDT", "SOLUSDT"]);
    }

    [Fact]
    public void A_list_that_has_lost_most_of_it_must_say_so_twice()
    {
        var selector = Of(Rule());
        var whole = Enumerable.Range(0, 20).Select(i => Of($"C{i}USDT")).ToArray();
        selector.Select(whole, null).Symbols.Count.ShouldBe(20);
        var doubted = selector.Select(whole[..3], null);
        doubted.Symbols.Count.ShouldBe(20);
        doubted.Fault!.ShouldContain("17 of 20");
        selector.Select(whole, null).Fault.ShouldBeNull();
        selector.Select(whole[..3], null);
        selector.Select(whole[..3], null).Symbols.Count.ShouldBe(3);
    }

    [Fact]
    public void The_first_by_volume_are_selected_and_stay_until_they_fall_far_behind()
    {
        var selector = Of(Rule() with { Top = 2 });
        var list = "ABCDE".Select(c => Of(c + "USDT")).ToArray();
        selector.Select(list, Volumes(5, 4, 3, 2, 1)).Symbols.ShouldBe(["AUSDT", "BUSDT"]);
        // Third of two is within one and a half times the number; fourth is not.
        selector.Select(list, Volumes(5, 3, 4, 2, 1)).Symbols.ShouldBe(["AUSDT", "BUSDT"]);
        selector.Select(list, Volumes(5, 2, 4, 3, 1)).Symbols.ShouldBe(["AUSDT", "CUSDT"]);
    }

    [Fact]
    public void Without_volumes_what_was_selected_stays()
    {
        var selector = Of(Rule() with { Top = 1 });
        Instrument[] list = [Of("AUSDT"), Of("BUSDT")];
        var waiting = selector.Select(list, null);
        waiting.Symbols.ShouldBeEmpty();
        waiting.Fault.ShouldNotBeNull();
        selector.Select(list, Volumes(1, 2)).Symbols.ShouldBe(["BUSDT"]);
        var kept = selector.Select(list, null);
        kept.Symbols.ShouldBe(["BUSDT"]);
        kept.Fault.ShouldNotBeNull();
    }

    [Fact]
    public void Without_a_list_a_rule_says_so() => Of(Rule()).Select(null, null).Fault.ShouldNotBeNull();

    [Fact]
    public void Nothing_that_fits_is_no_fault()
    {
        var none = Of(Rule() with { Bases = ["NOSUCH"] }).Select([Of("BTCUSDT")], null);
        none.Symbols.ShouldBeEmpty();
        none.Fault.ShouldBeNull();
    }

    [Fact]
    public void The_example_symbol_of_every_market_is_one_that_it_takes()
    {
        foreach (var exchange in ExchangeCatalog.All)
        {
            foreach (var market in exchange.Markets)
            {
                var listing = exchange.ListingOf(market).ShouldNotBeNull();
                var request = new StreamRequest(Channel.Trades, listing.ExampleSymbol, new Dictionary<string, string>());
                exchange.TryParseStream(market, request, out _, out var fault).ShouldBeTrue(fault);
            }
        }
    }

    static StreamSelector Of(SelectionRule rule) => new(Exchange, BinanceExchange.Spot, rule);

    static SelectionRule Rule() => new() { Templates = [Trades] };

    static Dictionary<string, double> Volumes(params double[] volumes) =>
        volumes.Select((v, i) => ($"{(char)('A' + i)}USDT", v)).ToDictionary(v => v.Item1, v => v.v);

    static Instrument Of(string symbol, string quote = "USDT", string kind = "spot", string status = "TRADING") => new(
        symbol, symbol.Replace(quote, "", StringComparison.Ordinal), quote, kind, status,
        ExactDecimal.None, ExactDecimal.None, ExactDecimal.None);
}
