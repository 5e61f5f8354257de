using Shouldly;
using Ticklake.Runtime.Configuration;
using Xunit;

namespace Ticklake.Tests.Runtime.Configuration;

public sealed class NetworkSectionTests : IDisposable
{
    const string Exchanges =
        """
        exchanges:
          binance:
            markets:
              spot: { streams: [{ channel: trades, symbols: [A1, B1, C1, D1, E1] }] }
              usdm: { proxy: none, streams: [{ channel: trades, symbols: [A1, B1, C1] }] }
          bitfinex:
            proxy: http://u:${PASSWORD}@10.1.1.1:8080
            streams: [{ channel: trades, symbols: "tDUSK:USD" }]

        """;

    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Symbols_take_the_addresses_in_turn_except_those_of_the_file()
    {
        _folder.Write(
            "ip_shards.yml",
            "127.0.0.2: [binance:B1, 'tDUSK:USD']\n127.0.0.3: [C1]\n127.0.0.4: binance/usdm:B1\n");
        var options = Load("addresses: [127.0.0.2, 127.0.0.3, 127.0.0.4]\n  ip_shards: ip_shards.yml\n  proxy: http://proxy:3128");
        Addresses(options, "binance/spot").ShouldBe(["A1 2", "B1 2", "C1 3", "D1 3", "E1 4"]);
        Addresses(options, "binance/usdm").ShouldBe(["A1 3", "B1 4", "C1 3"]);
        Addresses(options, "bitfinex/spot").ShouldBe(["tDUSK:USD 2"]);
    }

    [Fact]
    public void An_exchange_has_the_general_proxy_unless_it_names_its_own_or_none()
    {
        var options = Load("proxy: http://proxy:3128");
        options.Markets.Select(m => m.Routes.Proxy?.ToString() ?? "none").ShouldBe(["proxy:3128", "none", "10.1.1.1:8080"]);
        options.Markets.ShouldAllBe(m => m.Routes.First.Address == null);
    }

    [Theory]
    [InlineData("127.0.0.9: [A1]", "ip_shards.yml:1:1: '127.0.0.9' is not one of network.addresses; allowed: 127.0.0.2, 127.0.0.3")]
    [InlineData("127.0.0.2: [A1]\n127.0.0.3:\n  - B1\n  - A1", "ip_shards.yml:4:5: 127.0.0.3: 'A1' has another address already: 127.0.0.2 on line 1")]
    [InlineData("127.0.0.2: [A1, A1]", "ip_shards.yml:1:17: 127.0.0.2: 'A1' stands here twice; it is already on line 1")]
    [InlineData("127.0.0.2: [{a: b}]", "ip_shards.yml:1:13: 127.0.0.2: a group of settings stands here; allowed: a symbol: BTCUSDT, binance:BTCUSDT or binance/usdm:BTCUSDT")]
    [InlineData("- A1", "ip_shards.yml:1:1: a list stands here; allowed: addresses, each with a list of symbols")]
    public void Faults_of_the_shard_file_name_their_place(string shards, string fault)
    {
        _folder.Write("ip_shards.yml", shards);
        _folder.Environment["PASSWORD"] = "p";
        _folder.Faults($"network:\n  addresses: [127.0.0.2, 127.0.0.3]\n  ip_shards: ip_shards.yml\n{Exchanges}").ShouldBe([fault]);
    }

    RecorderOptions Load(string network)
    {
        _folder.Environment["PASSWORD"] = "p";
        return _folder.LoadGood($"network:\n  {network}\n{Exchanges}");
    }

    static IEnumerable<string> Addresses(RecorderOptions options, string market)
    {
        var found = options.Markets.Single(m => m.Market.ToString() == market);
        return found.Routes.Spread(found.Market, found.Streams.Select(s => s.Symbol))
            .Select(r => $"{r.Key} {r.Value.Address!.GetAddressBytes()[3]}");
    }
}
