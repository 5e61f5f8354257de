using System.Globalization;
using Shouldly;
using Ticklake.Tests.Exchanges;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Bad frames between good ones of Bitfinex: 500,000 in all.</summary>
public sealed class BitfinexFuzzTests(ITestOutputHelper output)
{
    const int Seed = 20261121;

    [Fact]
    public void A_recording_without_counter_stands_among_bad_frames() => Run(
        [.. RecordedFrames.Joined("bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz").Take(4000)],
        250_000,
        channel => [.. Sizes(channel)],
        "[64,[");

    [Fact]
    public void A_recording_with_a_counter_stands_among_bad_frames() => Run(
        [.. RecordedFrames.Cryptofeed("bitfinex/cryptofeed_seq65536_20210417.jsonl").Where(x => x.Path is null).Select(x => x.Frame)],
        150_000);

    [Fact]
    public void A_session_with_checksums_stands_among_bad_frames() => Run(FixtureFrames.Read("Bitfinex", "all-flags"), 50_000);

    [Fact]
    public void A_session_without_flags_stands_among_bad_frames() => Run(FixtureFrames.Read("Bitfinex", "no-flags"), 50_000);

    void Run(byte[][] good, int bad, Func<string, IEnumerable<byte[]>>? more = null, string channel = "")
    {
        var plan = new FuzzPlan("bitfinex", good, bad, Seed)
        {
            Hostile = good.Take(40).Where(x => x.Length < 1000).SelectMany(HostileFrames.Of).Concat(more?.Invoke(channel) ?? []),
            Resubscribe = (session, last) =>
            {
                foreach (var frame in good.Take(last + 1))
                {
                    session.Receive(frame);
                    session.Pipeline.Feed.Clear();
                }
            },
        };
        output.WriteLine($"seed {Seed}");
        new FuzzRun(plan).Run().ShouldBeGreaterThanOrEqualTo(bad);
    }

    static IEnumerable<byte[]> Sizes(string channel) =>
    [
        .. HostileFrames.Deep(10_000, channel), .. HostileFrames.Deep(1_000_000, channel),
        .. HostileFrames.Largest(channel, i => string.Create(CultureInfo.InvariantCulture, $"[{i * 7919L % 1000003},1,0.5]")),
        .. HostileFrames.Largest(channel, _ => "[1,1,1]"),
    ];
}
