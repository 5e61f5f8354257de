using System.Text;
using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Okx;
using Xunit;

namespace Ticklake.Tests.Exchanges.Okx;

public sealed class OkxBookRuleTests
{
    static readonly StreamRules Rules = OkxBookRule.For(new StreamKey(OkxExchange.Spot, Channel.Books, "BTC-USDT"));

    [Fact]
    public void Books_are_chained_in_band_and_may_cross_before_trading_opens()
    {
        Rules.Sequence.ShouldBe(SequenceRule.EachNamesPreviousInBand);
        Rules.MayCross.ShouldBeTrue();
        Rules.DeletesNameKnownLevels.ShouldBeFalse();
        Rules.MaxLevels.ShouldBe(400);
        OkxBookRule.For(new StreamKey(OkxExchange.Swap, Channel.Trades, "BTC-USDT-SWAP")).Trades
            .ShouldBe(TradeIdRule.Consecutive);
    }

    /// <summary>The worked example of okx.md 5.4: the text as received counts, 0.30 is not 0.3.</summary>
    [Fact]
    public void The_checksum_is_that_of_the_example()
    {
        var book = Book("b 50000.1 0.5", "b 49999.9 1.25", "b 49999 2", "a 50000.2 0.30", "a 50001 10");
        OkxChecksum.Of(book).ShouldBe(745240137);
        Apply(book, "b 49999.9 0");
        Apply(book, "a 50000.2 0.3");
        OkxChecksum.Of(book).ShouldBe(1160560299);
        Apply(book, "a 50000.2 0.30");
        OkxChecksum.Of(book).ShouldBe(1502426202);
    }

    [Fact]
    public void The_checksum_is_signed_and_skips_a_side_that_has_run_out()
    {
        OkxChecksum.Of(Book("b 3366.1 7", "b 3366 6", "a 3366.8 9", "a 3368 8")).ShouldBe(-1881014294);
        OkxChecksum.Of(Book("b 3366.1 7", "a 3366.8 9", "a 3368 8", "a 3372 8")).ShouldBe(831078360);
        OkxChecksum.Of(new PriceBook()).ShouldBe(0);
    }

    static PriceBook Book(params string[] levels)
    {
        var book = new PriceBook();
        foreach (var level in levels)
            Apply(book, level);
        return book;
    }

    static void Apply(PriceBook book, string level)
    {
        var parts = level.Split(' ');
        book.Apply(new BookLevel(parts[0] == "b" ? BookSide.Bid : BookSide.Ask, Number(parts[1]), Number(parts[2])));
    }

    static ExactDecimal Number(string text)
    {
        ExactDecimal.TryParse(Encoding.ASCII.GetBytes(text), out var value).ShouldBeTrue();
        return value;
    }
}
