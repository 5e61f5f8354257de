using System.Globalization;
using Shouldly;
using Ticklake.Tests.Exchanges;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Bad frames between good ones of Bybit: 200,000 in all.</summary>
public sealed class BybitFuzzTests(ITestOutputHelper output)
{
    const int Seed = 20261121;
    const string Book = "{\"topic\":\"orderbook.200.BTCUSDT\",\"type\":\"delta\",\"ts\":1786310818229,\"data\":{\"s\":\"BTCUSDT\","
        + "\"u\":2,\"a\":[],\"b\":[";

    [Fact]
    public void A_recording_stands_among_bad_frames() => Run(
        [.. RecordedFrames.Cryptofeed("bybit/v5_linear_20260809.jsonl.gz").Select(x => x.Frame)],
        140_000,
        [
            .. HostileFrames.Deep(10_000, Book), .. HostileFrames.Deep(1_000_000, Book),
            .. HostileFrames.Largest(Book, i => $"[\"{(i * 7919L % 1000003).ToString(CultureInfo.InvariantCulture)}\",\"1.5\"]"),
        ]);

    [Theory]
    [InlineData("spot")]
    [InlineData("linear")]
    public void Every_kind_of_frame_stands_among_bad_frames(string session) =>
        Run(FixtureFrames.Read("Bybit", session), 30_000, []);

    void Run(byte[][] good, int bad, IEnumerable<byte[]> more)
    {
        output.WriteLine($"seed {Seed}");
        var plan = new FuzzPlan("bybit", good, bad, Seed)
        {
            Hostile = good.Where(x => x.Length < 1000).Take(40).SelectMany(HostileFrames.Of).Concat(more),
            Resubscribe = (session, last) =>
            {
                foreach (var frame in good.Take(last + 1))
                {
                    session.Receive(frame);
                    session.Pipeline.Feed.Clear();
                }
            },
            JudgeLasts = 1000,
        };
        new FuzzRun(plan).Run().ShouldBeGreaterThanOrEqualTo(bad);
    }
}
