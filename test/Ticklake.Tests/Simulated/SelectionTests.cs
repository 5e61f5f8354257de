using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Instruments;
using Ticklake.Runtime.Replay;
using Ticklake.Runtime.Selection;
using Ticklake.Simulator.Venues;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Rules of streams against exchanges whose lists change while they are recorded.</summary>
public sealed class SelectionTests
{
    static readonly StreamTemplate Trades = new(Channel.Trades, new Dictionary<string, string>());
    static readonly StreamTemplate BestPrices = new(Channel.BookTicker, new Dictionary<string, string>());

    static readonly SelectionRule DollarSpot = new()
    {
        Templates = [Trades, BestPrices],
        Patterns = [new SymbolPattern("*USDT")],
        Kinds = ["spot"],
    };

    [Fact]
    public async Task Symbols_that_are_listed_are_recorded_and_those_delisted_given_up_while_the_others_go_on()
    {
        await using var rig = await RecordingRig.StartAsync(
            ["binance"], configure: o => With(o, DollarSpot), simulate: s => s with
            {
                Symbols = Symbols("binance", "BTCUSDT", "ETHUSDT", "XRPBTC"),
                Listings = [Hidden("binance", "SOLUSDT"), Hidden("binance", "DOGEUSDT")],
            });
        await rig.UntilAsync("the rule has selected", () => rig.IsLive && rig.Connection.Streams == 8);
        var first = rig.Connection.ConnId;

        rig.Simulator.SetListed("binance", "SOLUSDT", true);
        await rig.UntilAsync("a listed symbol is recorded", () => rig.IsLive && rig.Connections.Sum(c => c.Streams) == 10);
        rig.Simulator.SetListed("binance", "DOGEUSDT", true);
        await rig.UntilAsync("so is the next", () => rig.IsLive && rig.Connections.Sum(c => c.Streams) == 12
            && rig.Connections.Sum(c => c.Live) == 12);
        rig.Connections.Count.ShouldBe(2, rig.Describe());
        rig.Simulator.SetListed("binance", "ETHUSDT", false);
        await rig.UntilAsync("a delisted symbol is given up", () => rig.IsLive && rig.Connections.Sum(c => c.Streams) == 10);
        await rig.PassAsync(TimeSpan.FromSeconds(10));
        rig.Connection.ConnId.ShouldBe(first, "the connection that ran was left alone\n" + rig.Describe());
        rig.Connections.Sum(c => c.Reconnects).ShouldBe(0, rig.Describe());
        rig.Simulator.Truth.Listings.Select(l => (l.Symbol, l.IsListed))
            .ShouldBe([("SOLUSDT", true), ("DOGEUSDT", true), ("ETHUSDT", false)]);
        await rig.FreezeAsync();
        await rig.StopAsync();

        rig.Findings.ShouldBeEmpty(rig.Describe());
        var lake = new RecordedLake(rig.Data);
        foreach (var stream in lake.Streams.Where(s => s.Channel == Channel.Trades))
        {
            lake.Rows(stream).ShouldBe(TrueRows.Expected(rig.Simulator, stream), $"{stream}\n{rig.Describe()}");
            lake.Holes(stream).ShouldBeEmpty();
        }

        var controls = lake.Controls("binance");
        controls.Where(c => c.Kind == "listed").Select(c => c.Detail).ShouldBe(
            [Listing("listed", "SOLUSDT", "SOL-USDT"), Listing("listed", "DOGEUSDT", "DOGE-USDT")]);
        controls.Where(c => c.Kind == "delisted").Select(c => c.Detail).ShouldBe([Listing("delisted", "ETHUSDT", "ETH-USDT")]);
        controls.Count(c => c.Kind == "stream_given_up").ShouldBe(2);
        controls.ShouldContain(c => c.Kind == "unsubscribed" || c.Detail.Contains("ETHUSDT"));
        var verification = await LakeVerification.RunAsync(rig.Data, CancellationToken.None);
        verification.IsRight.ShouldBeTrue(string.Join("\n", verification.Differences));
    }

    [Theory]
    [InlineData("binance", "*")]
    [InlineData("binance-usdm", "*USDT")]
    [InlineData("bitfinex", "t*")]
    [InlineData("bybit", "*")]
    [InlineData("bybit-linear", "*")]
    [InlineData("coinbase", "*-USD")]
    [InlineData("gateio", "*")]
    [InlineData("mexc", "*")]
    [InlineData("okx", "*")]
    [InlineData("okx-swap", "*")]
    [InlineData("okx-futures", "*")]
    [InlineData("upbit", "*")]
    public async Task The_first_by_volume_are_selected_on_every_market(string venue, string pattern)
    {
        var rule = new SelectionRule { Templates = [Trades], Patterns = [new SymbolPattern(pattern)], Top = 1 };
        await using var rig = await RecordingRig.StartAsync([venue], configure: o => With(o, rule), simulate: s => s with
        {
            Symbols = new Dictionary<string, IReadOnlyList<string>>(),
        });
        await rig.UntilAsync("the rule has selected", () => rig.Selections is [{ Symbols.Count: 1, Fault: null }] && rig.IsLive);
        await rig.StopAsync();

        var selected = rig.Selections[0].Symbols[0];
        var market = RiggedMarket.Of(venue).Market;
        var listed = InstrumentHistory.Open(InstrumentHistory.PathOf(rig.Data, market)).Current.Select(p => p.Instrument)
            .Where(i => rule.Fits(i) && !i.Symbol.EndsWith("-USDC", StringComparison.Ordinal)).ToList();
        listed.Count.ShouldBeGreaterThan(1);
        selected.ShouldBe(listed.MaxBy(i => rig.Simulator.QuoteVolume(venue, i.Symbol))!.Symbol);
    }

    [Fact]
    public async Task A_selected_symbol_of_each_market_comes_and_goes()
    {
        (string Venue, string New)[] markets =
        [
            ("coinbase", "DOGE-USD"), ("okx", "SOL-USDT"), ("gateio", "SOL_USDT"), ("mexc", "SOLUSDT"), ("upbit", "KRW-SOL"),
            ("bybit", "SOLUSDT"), ("bitfinex", "tSOLUSD"), ("binance-usdm", "SOLUSDT"),
        ];
        var rule = new SelectionRule { Templates = [Trades], Kinds = ["spot", "perpetual"] };
        await using var rig = await RecordingRig.StartAsync(
            [.. markets.Select(m => m.Venue)], configure: o => With(o, rule), simulate: s => s with
            {
                Listings = [.. markets.Select(m => Hidden(m.Venue, m.New))],
            });
        await rig.UntilAsync("the rules have selected", () => rig.IsLive && rig.Selections.Count == markets.Length);
        foreach (var (venue, symbol) in markets)
            rig.Simulator.SetListed(venue, symbol, true);
        await rig.UntilAsync("all are recorded", () => rig.IsLive && markets.All(m => Selects(rig, m.Venue, m.New)));
        var reconnects = rig.Connections.Sum(c => c.Reconnects);
        foreach (var (venue, symbol) in markets)
            rig.Simulator.SetListed(venue, symbol, false);
        await rig.UntilAsync("all are given up", () => rig.IsLive && !markets.Any(m => Selects(rig, m.Venue, m.New)));
        rig.Connections.Sum(c => c.Reconnects).ShouldBe(reconnects, rig.Describe());
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        foreach (var (venue, symbol) in markets)
        {
            lake.Streams.ShouldContain(s => s.Market.PathName == venue && s.Symbol == symbol, rig.Describe());
            lake.Controls(venue).ShouldContain(c => c.Kind == "stream_given_up" && c.Detail.Contains(symbol));
        }

        var verification = await LakeVerification.RunAsync(rig.Data, CancellationToken.None);
        verification.IsRight.ShouldBeTrue(string.Join("\n", verification.Differences));
    }

    [Fact]
    public async Task Without_any_list_symbols_with_names_are_recorded_and_the_rule_is_tried_again()
    {
        var refused = new Simulator.Faults.FaultSpec(Simulator.Faults.FaultKind.RateLimit)
        {
            Exchange = "binance",
            Stream = "exchangeInfo",
            Times = 1,
        };
        await using var rig = await RecordingRig.StartAsync(["binance"], [refused], o => With(o, DollarSpot));
        await rig.UntilAsync("the named streams deliver", () => rig.IsLive && rig.Connection.Streams == 6);
        rig.Selections[0].Fault.ShouldNotBeNull();
        await rig.UntilAsync("the rule has its list", () => rig.Selections[0].Fault is null);
        rig.Selections[0].Symbols.ShouldBe(["BTCUSDT"]);
    }

    [Fact]
    public async Task A_list_that_the_lake_remembers_serves_where_there_is_no_other()
    {
        await using var rig = await RecordingRig.StartAsync(["binance"], configure: o => With(o, DollarSpot));
        await rig.UntilAsync("the rule has selected", () => rig.IsLive && rig.Selections is [{ Symbols.Count: 1 }]);
        await rig.StopAsync();
        rig.Simulator.Faults.Arm(new Simulator.Faults.FaultSpec(Simulator.Faults.FaultKind.RateLimit)
        {
            Exchange = "binance",
            Stream = "exchangeInfo",
            Times = 100,
        });
        await rig.StartAgainAsync();
        rig.Selections[0].Symbols.ShouldBe(["BTCUSDT"]);
    }

    static bool Selects(RecordingRig rig, string venue, string symbol) =>
        rig.Selections.Single(s => RiggedMarket.VenueOf(s.Market) == venue).Symbols.Contains(symbol);

    static RecorderOptions With(RecorderOptions options, SelectionRule rule) => options with
    {
        Markets =
        [
            .. options.Markets.Select(m => m with { Rules = [rule], InstrumentsInterval = TimeSpan.FromSeconds(15) }),
        ],
    };

    static Dictionary<string, IReadOnlyList<string>> Symbols(string venue, params string[] symbols) => new() { [venue] = symbols };

    // Its day never comes; the test lists it when it pleases.
    static ListingStep Hidden(string venue, string symbol) => new(venue, symbol, TimeSpan.FromDays(1), true);

    static string Listing(string kind, string symbol, string pair) =>
        $$"""{"e":"{{kind}}","symbol":"{{symbol}}","pair":"{{pair}}","kind":"spot","status":"TRADING"}""";
}
