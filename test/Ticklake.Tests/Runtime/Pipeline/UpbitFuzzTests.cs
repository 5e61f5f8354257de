using Shouldly;
using Ticklake.Tests.Exchanges;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Bad frames between good ones of Upbit.</summary>
public sealed class UpbitFuzzTests(ITestOutputHelper output)
{
    const int Seed = 20261121;
    const int Bad = 40_000;
    const string Book = "{\"type\":\"orderbook\",\"code\":\"KRW-BTC\",\"timestamp\":1765084406964,\"orderbook_units\":[";

    [Theory]
    [InlineData("default")]
    [InlineData("simple")]
    public void Good_frames_stand_among_bad_ones(string session)
    {
        output.WriteLine($"seed {Seed}");
        var good = FixtureFrames.Read("Upbit", session);
        var plan = new FuzzPlan("upbit", good, Bad, Seed)
        {
            Hostile = good.SelectMany(HostileFrames.Of).Concat(HostileFrames.Deep(10_000, Book)),
            JudgeLasts = 1000,
        };
        new FuzzRun(plan).Run().ShouldBeGreaterThanOrEqualTo(Bad);
    }
}
