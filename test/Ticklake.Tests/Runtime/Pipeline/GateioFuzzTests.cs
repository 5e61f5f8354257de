using Shouldly;
using Ticklake.Tests.Exchanges;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Bad frames between good ones of Gate.io.</summary>
public sealed class GateioFuzzTests(ITestOutputHelper output)
{
    const int Seed = 20261121;
    const int Bad = 40_000;
    const string Book =
        "{\"channel\":\"spot.obu\",\"event\":\"update\",\"result\":{\"t\":1,\"s\":\"ob.BTC_USDT.400\",\"U\":1,\"u\":2,\"b\":[";

    [Theory]
    [InlineData("update")]
    [InlineData("odd")]
    public void Good_frames_stand_among_bad_ones(string session)
    {
        output.WriteLine($"seed {Seed}");
        var good = FixtureFrames.Read("Gateio", session);
        var plan = new FuzzPlan("gateio", good, Bad, Seed)
        {
            Hostile = good.SelectMany(HostileFrames.Of).Concat(HostileFrames.Deep(10_000, Book)),
            JudgeLasts = 1000,
        };
        new FuzzRun(plan).Run().ShouldBeGreaterThanOrEqualTo(Bad);
    }
}
