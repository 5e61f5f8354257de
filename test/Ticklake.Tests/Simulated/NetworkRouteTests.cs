using System.Net;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Binance;
using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>A recorder that leaves by chosen addresses and through proxies.</summary>
public sealed class NetworkRouteTests
{
    const int Books = 150;
    const string Assigned = "SYM004USDT";
    static readonly string[] Symbols = [.. Enumerable.Range(0, Books).Select(i => $"SYM{i:D3}USDT")];
    static readonly IPAddress First = IPAddress.Parse("127.0.0.2");
    static readonly IPAddress Second = IPAddress.Parse("127.0.0.3");

    [Fact]
    public async Task Each_symbol_has_one_address_and_each_address_its_own_limits()
    {
        await using var rig = await RecordingRig.StartAsync(
            ["binance"],
            configure: o => o with
            {
                Markets = [o.Markets[0] with
                {
                    MaxStreamsPerConnection = 40,
                    Routes = new RouteChoice
                    {
                        Addresses = [First, Second],
                        Assigned = (_, symbol) => symbol == Assigned ? Second : null,
                    },
                    Streams = [.. Symbols.SelectMany(s => new StreamKey[]
                    {
                        new(BinanceExchange.Spot, Channel.Books, s), new(BinanceExchange.Spot, Channel.Trades, s),
                    })],
                }],
            },
            simulate: s => s with
            {
                EnforcesLimits = true,
                EventsPerSecond = 2,
                Symbols = new Dictionary<string, IReadOnlyList<string>> { ["binance"] = Symbols },
            });
        var began = rig.Now;
        await rig.UntilAsync("every book has been asked for", () => Snapshots(rig).Count == Books);
        // 7,500 weight, of which one address may use 5,400 a minute.
        (rig.Now - began).ShouldBeLessThan(TimeSpan.FromSeconds(60));
        rig.Simulator.Truth.Requests.Sum(r => r.Refused).ShouldBe(0);

        var connected = Connected(rig);
        Snapshots(rig).ShouldAllBe(r => connected[r.Key].SetEquals(r.Value), rig.Describe());
        connected[Assigned].ShouldBe([Second.ToString()]);
        connected.Values.ShouldAllBe(addresses => addresses.Count == 1);
        var count = connected.Values.Count(addresses => addresses.Contains(First.ToString()));
        count.ShouldBeInRange((Books / 2) - 1, (Books / 2) + 1);

        rig.Connections.Select(c => c.Address).Distinct().Order().ShouldBe([First.ToString(), Second.ToString()]);
        await rig.StopAsync();
        JournalFolder.Sessions(rig.Data).Select(s => s.Header.LocalAddress).Distinct().Order()
            .ShouldBe([First.ToString(), Second.ToString()]);
    }

    [Fact]
    public async Task Everything_goes_through_the_proxy_from_the_chosen_address()
    {
        const string Password = "p@ss:w/rd";
        await using var proxy = new ConnectProxy("user", Password);
        ProxyAddress.TryParse($"http://user:{Uri.EscapeDataString(Password)}@127.0.0.1:{proxy.Port}", out var address).ShouldBeTrue();
        await using (var rig = await RecordingRig.StartAsync(["binance", "okx"], configure: o => Through(o, address!, [First])))
        {
            await rig.AllLiveAsync();
            await rig.UntilAsync("the book has been asked for", () => Snapshots(rig).Count == 1);
            await rig.StopAsync();
            var through = proxy.Requests.Where(r => r.WasLetThrough).ToList();
            // Connections of the proxy's own: it is bound to nothing.
            rig.Simulator.Truth.Connections.ShouldAllBe(c => c.Address == "127.0.0.1");
            through.Count(r => r.Method == "CONNECT").ShouldBeGreaterThanOrEqualTo(rig.Simulator.Truth.Connections.Count);
            // One connection carries many requests, of which the proxy reads the first.
            through.ShouldContain(r => r.Method == "GET" && r.Target.Contains("/binance/api/v3/"));
            proxy.Requests.ShouldAllBe(r => r.Client == First.ToString());
            var header = JournalFolder.Sessions(rig.Data)[0].Header;
            (header.LocalAddress, header.Proxy).ShouldBe((First.ToString(), $"127.0.0.1:{proxy.Port}"));
        }
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named_without_its_credentials()
    {
        await using var proxy = new ConnectProxy("user", "right");
        ProxyAddress.TryParse($"http://user:hunter2@127.0.0.1:{proxy.Port}", out var address).ShouldBeTrue();
        await using var rig = await RecordingRig.StartAsync(["binance"], configure: o => Through(o, address!, []));
        await rig.UntilAsync("it is refused", () => rig.Connection.LastFault is not null);
        var fault = rig.Connection.LastFault!;
        fault.ShouldContain($"cannot be reached through the proxy 127.0.0.1:{proxy.Port}");
        fault.ShouldContain("407");
        fault.ShouldNotContain("hunter2");
        rig.Simulator.Truth.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named()
    {
        int port;
        await using (var gone = new ConnectProxy())
            port = gone.Port;
        ProxyAddress.TryParse($"http://user:hunter2@127.0.0.1:{port}", out var address).ShouldBeTrue();
        await using var rig = await RecordingRig.StartAsync(["binance"], configure: o => Through(o, address!, []));
        await rig.UntilAsync("it is refused", () => rig.Connection.LastFault is not null);
        rig.Connection.LastFault!.ShouldContain($"cannot be reached through the proxy 127.0.0.1:{port}: Connection refused");
    }

    [Theory]
    [InlineData("http://10.0.0.1:3128", true, "10.0.0.1:3128")]
    [InlineData("http://u:p@proxy.example:8080/", true, "proxy.example:8080")]
    [InlineData("http://proxy", true, "proxy:80")]
    [InlineData("https://proxy:1", false, "")]
    [InlineData("socks5://proxy:1", false, "")]
    [InlineData("proxy:3128", false, "")]
    [InlineData("http://proxy:1/path", false, "")]
    public void A_proxy_is_host_and_port(string text, bool isRight, string shown)
    {
        ProxyAddress.TryParse(text, out var proxy).ShouldBe(isRight);
        (proxy?.ToString() ?? "").ShouldBe(shown);
    }

    static RecorderOptions Through(RecorderOptions options, ProxyAddress proxy, IReadOnlyList<IPAddress> addresses) => options with
    {
        Markets = [.. options.Markets.Select(m => m with { Routes = new RouteChoice { Proxy = proxy, Addresses = addresses } })],
    };

    /// <summary>The addresses that asked for each symbol's book.</summary>
    static Dictionary<string, HashSet<string>> Snapshots(RecordingRig rig) => rig.Simulator.Truth.Requests
        .Where(r => r.Subject.StartsWith("depth ", StringComparison.Ordinal))
        .GroupBy(r => r.Subject["depth ".Length..]).ToDictionary(g => g.Key, g => g.Select(r => r.Address).ToHashSet());

    /// <summary>The addresses whose connections carried each symbol.</summary>
    static Dictionary<string, HashSet<string>> Connected(RecordingRig rig) => rig.Simulator.Truth.Connections
        .SelectMany(c => rig.Simulator.Truth.Frames(c.Ordinal).Select(f => f.Stream).OfType<string>().Distinct()
            .Select(stream => (Symbol: stream.Split('@')[0].ToUpperInvariant(), c.Address)))
        .GroupBy(s => s.Symbol).ToDictionary(g => g.Key, g => g.Select(s => s.Address).ToHashSet());
}
