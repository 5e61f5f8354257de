using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Recording;
using Ticklake.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary><c>journal.retention</c>, from the first frame to the start after the journals are gone.</summary>
public sealed class RetiredJournalTests
{
    [Fact]
    public async Task Journals_go_their_rows_stay_and_the_next_start_goes_on_where_they_ended()
    {
        await using var rig = await RecordingRig.StartAsync(["bitfinex", "binance"], configure: options => options with
        {
            FinishInterval = TimeSpan.FromSeconds(2),
            Journal = options.Journal with { Retention = TimeSpan.FromSeconds(1) },
        });
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.StopAsync();
        var first = JournalFolder.Sessions(rig.Data).Select(x => x.ConnId).ToList();
        first.Count.ShouldBe(2);

        // The first run's journals go while the second records; the second's by hand, so that a start finds none at all.
        await rig.StartAgainAsync();
        await rig.UntilAsync("the first run's journals are gone", () => RetiredSession.All(rig.Data).Count == 2);
        RetiredSession.All(rig.Data).Select(x => x.ConnId).ShouldBe(first);
        await rig.StopAsync();
        JournalRetention.Apply(rig.Data, TimeSpan.Zero, rig.Now.AddDays(1)).Count.ShouldBe(2);
        Directory.EnumerateFiles(rig.Data, "*.jsonl.zst", SearchOption.AllDirectories).ShouldBeEmpty();
        var lake = new RecordedLake(rig.Data);
        var trades = lake.Streams.Single(s => s.Market.PathName == "binance" && s.Channel == Channel.Trades);
        var (rows, last) = (lake.Rows(trades), lake.Column(trades, "trade_id").Max(x => long.Parse(x!.ToString()!, null)));
        await rig.PassAsync(TimeSpan.FromSeconds(5));

        var findings = rig.Findings.Count;
        await rig.StartAgainAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(3));
        await rig.StopAsync();

        var found = rig.Findings.Skip(findings).ToList();
        found.Single(x => x.Kind == IntegrityKind.Gap && x.Stream == trades).FromSeq.ShouldBe(last + 1, "the ids are remembered");
        found.ShouldContain(x => x.Kind == IntegrityKind.Disconnect && x.Stream!.Channel == Channel.Books);
        lake = new RecordedLake(rig.Data);
        lake.Rows(trades).ShouldBeGreaterThan(rows);
        TrueRows.TradesShouldBeTrue(rig, lake, "binance");
        TrueRows.TradesShouldBeTrue(rig, lake, "bitfinex");
        var retired = RetiredSession.All(rig.Data);
        JournalFolder.Sessions(rig.Data).ShouldAllBe(x => x.Header.Order > retired.Max(r => r.Order));
        var report = await LakeVerification.RunAsync(rig.Data, TestContext.Current.CancellationToken);
        report.Differences.ShouldBeEmpty();
        report.UnverifiableRows.ShouldBeGreaterThanOrEqualTo(rows);
        report.Notes.ShouldAllBe(x => x.Contains("its journal was retired on", StringComparison.Ordinal));
    }
}
