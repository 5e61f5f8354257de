using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Gateio;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>A recorder on the older book feed: snapshots by REST out of a cache that lags.</summary>
public sealed class GateioBridgeTests
{
    const string Symbol = "BTC_USDT";

    [Theory]
    [InlineData("100", "spot.order_book_update BTC_USDT 100ms")]
    [InlineData("20", "spot.order_book_update BTC_USDT 20ms")]
    public async Task A_stale_book_and_a_lost_update_end_in_the_true_book(string levels, string stream)
    {
        var key = new StreamKey(GateioExchange.Spot, Channel.Books, Symbol, levels);
        await using var rig = await RecordingRig.StartAsync(
            ["gateio"],
            [new FaultSpec(FaultKind.StaleSnapshot) { Exchange = "gateio", Stream = Symbol, Times = 2 }],
            options => options with { Markets = [options.Markets[0] with { Streams = [key] }] });
        await rig.AllLiveAsync();
        await rig.UntilAsync("the stale book is found out", () => rig.Findings.Any(f => f.Kind == IntegrityKind.StaleSnapshot));
        await rig.PassAsync(TimeSpan.FromSeconds(20));
        rig.Simulator.Faults.Arm(new FaultSpec(FaultKind.Drop) { Stream = stream, AfterMessages = 3 });
        await rig.UntilAsync("the loss is found", () => rig.Findings.Any(f => f.Kind == IntegrityKind.Gap));
        await rig.UntilAsync("the book is whole again", () => rig.Findings.Any(f => f.Kind == IntegrityKind.Resynced));
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.FreezeAsync();

        var truth = rig.Simulator.Window(stream).ShouldNotBeNull();
        await Eventually.IsTrueAsync(
            "the book equals the truth", TimeSpan.FromSeconds(20), () => Equals(rig, truth), rig.Describe);
    }

    static bool Equals(RecordingRig rig, Ticklake.Simulator.Market.BookSnapshot truth)
    {
        var answer = BookRebuild.Answer(new BookQuestion(rig.Data, GateioExchange.Spot, Channel.Books, Symbol));
        return answer.State is { BookStatus: BookStatus.Valid } state
            && TrueBooks.Lines(truth).SequenceEqual(
                TrueBooks.Lines(System.Text.Encoding.UTF8.GetString(BookRebuild.Canonical(state))));
    }
}
