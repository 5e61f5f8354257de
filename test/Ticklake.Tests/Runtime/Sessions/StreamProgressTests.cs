using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class StreamProgressTests
{
    static readonly DateTimeOffset Start = new(2025, 1, 17, 8, 0, 0, TimeSpan.Zero);
    static readonly StreamKey Stream = new(new MarketId("binance", MarketId.Spot), Channel.Trades, "BTCUSDT");

    [Theory]
    [InlineData(StreamStage.Live, 50, StreamStage.Live, true)]
    [InlineData(StreamStage.Live, 50, StreamStage.Acknowledged, false)]
    [InlineData(StreamStage.Live, 50, StreamStage.Requested, false)]
    [InlineData(StreamStage.Live, 50, StreamStage.Refused, false)]
    [InlineData(StreamStage.Live, 5, StreamStage.Acknowledged, true)]
    [InlineData(StreamStage.Live, 5, StreamStage.Refused, false)]
    [InlineData(StreamStage.Acknowledged, 0, StreamStage.Acknowledged, true)]
    [InlineData(StreamStage.Refused, 0, StreamStage.Refused, true)]
    public void A_replacement_must_deliver_what_the_old_session_delivers(
        StreamStage old, int lastData, StreamStage replacement, bool isEnough)
    {
        var before = new StreamProgress(Stream, old, Start, lastData == 0 ? null : Start.AddSeconds(lastData));
        var after = new StreamProgress(Stream, replacement, Start.AddSeconds(10), null);
        (StreamProgress.FirstLacking([before], [after]) is null).ShouldBe(isEnough);
    }
}
