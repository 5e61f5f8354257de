using Shouldly;
using Ticklake.Runtime.Selection;
using Xunit;

namespace Ticklake.Tests.Runtime.Selection;

public sealed class SymbolPatternTests
{
    [Theory]
    [InlineData("*USDT", "BTCUSDT", true)]
    [InlineData("*USDT", "USDT", true)]
    [InlineData("*USDT", "BTCUSDC", false)]
    [InlineData("*USDT", "BTCUSDTX", false)]
    [InlineData("BTC*", "BTC-USD-261225", true)]
    [InlineData("BTC*", "WBTC", false)]
    [InlineData("t???USD", "tBTCUSD", true)]
    [InlineData("t???USD", "tDOGEUSD", false)]
    [InlineData("*-US?", "BTC-USD", true)]
    [InlineData("*A*B*", "xAyAzB", true)]
    [InlineData("*A*B*", "xByA", false)]
    [InlineData("btc*", "BTCUSDT", false)]
    [InlineData("龙*", "龙虾USDT", true)]
    [InlineData("**", "", true)]
    public void Stars_are_any_characters_and_marks_are_one(string pattern, string symbol, bool fits) =>
        new SymbolPattern(pattern).Fits(symbol).ShouldBe(fits);
}
