using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Binance;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Many books of one exchange that need a snapshot at the same moment, with the exchange's limits in force.</summary>
public sealed class ResyncStormTests
{
    const int Books = 120;
    const string Stale = "SYM007USDT";

    static readonly string[] Symbols = [.. Enumerable.Range(0, Books).Select(i => $"SYM{i:D3}USDT")];

    [Fact]
    public async Task A_storm_and_a_restart_break_no_limit_and_one_bad_book_keeps_nobody_waiting()
    {
        await using var rig = await RecordingRig.StartAsync(
            ["binance"],
            [new FaultSpec(FaultKind.StaleSnapshot) { Exchange = "binance", Stream = Stale, Times = 100_000 }],
            o => o with
            {
                Markets = [o.Markets[0] with
                {
                    MaxStreamsPerConnection = 40,
                    Streams = [.. Symbols.Select(s => new StreamKey(BinanceExchange.Spot, Channel.Books, s))],
                }],
            },
            s => s with
            {
                EnforcesLimits = true,
                EventsPerSecond = 2,
                Symbols = new Dictionary<string, IReadOnlyList<string>> { ["binance"] = Symbols },
            });
        await rig.UntilAsync("the first books are there", () => Fetched(rig).Count > Books / 3);
        await rig.StopAsync();
        await rig.StartAgainAsync();
        await rig.UntilAsync("the bad book is reported", () => rig.Connections.Any(c => c.FailingBooks.Count > 0));
        rig.Connections.SelectMany(c => c.FailingBooks).ShouldHaveSingleItem().Stream.ShouldContain(Stale);
        await rig.UntilAsync("all others are fetched", () => Fetched(rig).Count == Books - 1);
        var before = Fetched(rig);
        foreach (var connection in rig.Simulator.Truth.Connections.Where(c => c.Exchange == "binance" && c.Closed is null))
            rig.Simulator.Faults.Arm(new FaultSpec(FaultKind.Reset) { Exchange = "binance", Connection = connection.Ordinal });
        await rig.UntilAsync("the storm has come", () => rig.Connections.Sum(c => c.Reconnects) >= Books / 40);
        await rig.UntilAsync(
            "all others are fetched again", () => rig.IsLive && Fetched(rig).All(f => f.Value > before[f.Key]));
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.StopAsync();

        rig.Simulator.Truth.Requests.Sum(r => r.Refused).ShouldBe(0, rig.Describe());
        var failing = new RecordedLake(rig.Data).Controls("binance").Where(c => c.Kind == "resync_failing").ToList();
        failing.ShouldNotBeEmpty();
        failing.ShouldAllBe(c => c.Detail.Contains(Stale));
        foreach (var symbol in Symbols.Where((s, i) => i % 9 == 0))
        {
            var answer = BookRebuild.Answer(new BookQuestion(rig.Data, BinanceExchange.Spot, Channel.Books, symbol));
            answer.State.ShouldNotBeNull().BookStatus.ShouldBe(BookStatus.Valid, symbol);
        }

        var verification = await LakeVerification.RunAsync(rig.Data, CancellationToken.None);
        verification.IsRight.ShouldBeTrue(string.Join("\n", verification.Differences));
    }

    static Dictionary<string, long> Fetched(RecordingRig rig) => rig.Simulator.Truth.Requests
        .Where(r => r.Subject.StartsWith("depth ", StringComparison.Ordinal) && !r.Subject.EndsWith(Stale, StringComparison.Ordinal))
        .ToDictionary(r => r.Subject, r => r.Count);
}
