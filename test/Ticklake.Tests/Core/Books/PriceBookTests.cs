using System.Buffers;
using System.Text;
using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Xunit;
using static Ticklake.Tests.Core.Numbers.ExactDecimalTests;

namespace Ticklake.Tests.Core.Books;

public sealed class PriceBookTests
{
    readonly PriceBook _book = new();

    BookChange Bid(string price, string amount) => _book.Apply(new(BookSide.Bid, Parse(price), Parse(amount), 1));

    BookChange Ask(string price, string amount) => _book.Apply(new(BookSide.Ask, Parse(price), Parse(amount), 1));

    string Dump()
    {
        var buffer = new ArrayBufferWriter<byte>();
        _book.WriteCanonical(buffer).ShouldBe(buffer.WrittenCount);
        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    [Fact]
    public void An_update_says_what_it_did()
    {
        Bid("10", "1").ShouldBe(BookChange.Inserted);
        Bid("10.0", "2").ShouldBe(BookChange.Updated);
        Ask("10", "0").ShouldBe(BookChange.UnknownDelete);
        Bid("10.00", "0.000").ShouldBe(BookChange.Deleted);
        Bid("10", "0").ShouldBe(BookChange.UnknownDelete);
        _book.Count(BookSide.Bid).ShouldBe(0);
    }

    [Fact]
    public void The_dump_runs_from_the_best_to_the_worst_of_each_side()
    {
        Bid("6445.8", "11.31677029");
        Bid("6445.50", "1e-7");
        Bid("6446", "2.50");
        Ask("6447.25", "3");
        Ask("6446.9", "0.10000000");
        Dump().ShouldBe("b 6446 2.5\nb 6445.8 11.31677029\nb 6445.5 0.0000001\na 6446.9 0.1\na 6447.25 3\n");
    }

    [Fact]
    public void Levels_keep_the_text_of_their_last_update()
    {
        Bid("1.50", "2");
        Bid("1.5", "7e-7");
        _book.TryBest(BookSide.Bid, out var best).ShouldBeTrue();
        Original(best.Price).ShouldBe("1.5");
        Original(best.Amount).ShouldBe("7e-7");
        Bid("1.4", "1");
        Original(_book[BookSide.Bid, 1].Price).ShouldBe("1.4");
        Should.Throw<ArgumentOutOfRangeException>(() => _book[BookSide.Bid, 2]);
        Should.Throw<ArgumentOutOfRangeException>(() => _book[BookSide.Ask, 0]);
    }

    [Fact]
    public void A_book_is_crossed_when_the_best_bid_reaches_the_best_ask()
    {
        _book.IsCrossed.ShouldBeFalse();
        Bid("10", "1");
        _book.IsCrossed.ShouldBeFalse();
        Ask("10.01", "1");
        _book.IsCrossed.ShouldBeFalse();
        Bid("10.010", "1");
        _book.IsCrossed.ShouldBeTrue();
        Bid("10.02", "1");
        _book.IsCrossed.ShouldBeTrue();
        _book.Clear();
        _book.IsCrossed.ShouldBeFalse();
        Dump().ShouldBe("");
    }

    [Fact]
    public void Finer_prices_rescale_the_book()
    {
        Bid("100", "1");
        Ask("200", "1");
        Bid("100.5", "1");
        Ask("199.99999999", "1");
        Bid("0.000000000001", "1");
        Bid("100.000000000000", "2");
        Bid("1e2", "3").ShouldBe(BookChange.Updated);
        Dump().ShouldBe("b 100.5 1\nb 100 3\nb 0.000000000001 1\na 199.99999999 1\na 200 1\n");
    }

    [Fact]
    public void Prices_that_no_common_tick_holds_are_still_ordered()
    {
        Bid("1000000000000000", "1");
        Bid("0.000000001", "2");
        Bid("1e300", "3");
        Bid("1e-300", "4");
        Bid("1000000000000000.000", "5").ShouldBe(BookChange.Updated);
        Bid("999999999999999.5", "6");
        Bid("-1", "7");
        Ask("1e299", "8");
        Ask("1e301", "9");
        _book.IsCrossed.ShouldBeTrue();
        Bid("1e300", "0").ShouldBe(BookChange.Deleted);
        _book.IsCrossed.ShouldBeFalse();
        Ask("1e299", "0").ShouldBe(BookChange.Deleted);
        Bid("1e-301", "0").ShouldBe(BookChange.UnknownDelete);
        var amounts = Dump().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[2]);
        amounts.ShouldBe(["5", "6", "2", "4", "7", "9"]);
        _book.Clear();
        Bid("2", "1");
        Bid("3", "1");
        Dump().ShouldBe("b 3 1\nb 2 1\n");
    }

    [Fact]
    public void A_level_without_a_price_is_refused()
    {
        var level = new BookLevel(BookSide.Bid, Ticklake.Core.Numbers.ExactDecimal.None, Parse("1"));
        Should.Throw<ArgumentException>(() => _book.Apply(level));
        Bid("0.1", "1");
        Should.Throw<ArgumentException>(() => _book.Apply(level));
    }

    [Fact]
    public void Copying_takes_the_best_that_fit()
    {
        for (var i = 0; i < 300; i++)
            Ask($"{i + 1}", "1");
        var levels = new BookLevel[200];
        _book.CopyTo(BookSide.Ask, levels).ShouldBe(200);
        for (var i = 0; i < levels.Length; i++)
            levels[i].Price.ShouldBe(_book[BookSide.Ask, i].Price);
        levels[199].Price.ToString().ShouldBe("200");
        _book.CopyTo(BookSide.Bid, levels).ShouldBe(0);
    }

    [Fact]
    public void A_full_book_is_updated_without_allocation()
    {
        var random = new Random(7);
        var levels = new BookLevel[20_000];
        for (var i = 0; i < levels.Length; i++)
        {
            var side = random.Next(2) == 0 ? BookSide.Bid : BookSide.Ask;
            levels[i] = new(side, new(random.Next(5_000), 2), new(random.Next(3), 0));
        }

        void ApplyAll()
        {
            foreach (ref readonly var level in levels.AsSpan())
                _book.Apply(level);
        }

        ApplyAll();
        _book.Clear();
        ApplyAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        _book.Clear();
        ApplyAll();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
