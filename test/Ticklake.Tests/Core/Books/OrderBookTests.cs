using System.Buffers;
using System.Text;
using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Xunit;
using static Ticklake.Tests.Core.Numbers.ExactDecimalTests;

namespace Ticklake.Tests.Core.Books;

public sealed class OrderBookTests
{
    readonly OrderBook _book = new();

    BookChange Put(long id, BookSide side, string price, string amount) =>
        _book.Apply(new(id, side, Parse(price), Parse(amount), false));

    BookChange Delete(long id) => _book.Apply(new(id, BookSide.Bid, default, default, true));

    static string Dump(OrderBook book)
    {
        var buffer = new ArrayBufferWriter<byte>();
        book.WriteCanonical(buffer).ShouldBe(buffer.WrittenCount);
        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    [Fact]
    public void Orders_stand_by_price_and_then_by_id()
    {
        Put(91820007, BookSide.Bid, "64210", "0.25");
        Put(91819000, BookSide.Bid, "64209", "1.2");
        Put(91820001, BookSide.Bid, "64210.0", "0.5");
        Put(91820012, BookSide.Ask, "64212.5", "1.25");
        Put(91820010, BookSide.Ask, "64212.50", "1");
        Put(91820003, BookSide.Ask, "64211", "0.5");
        Dump(_book).ShouldBe(
            "b 91820001 64210 0.5\nb 91820007 64210 0.25\nb 91819000 64209 1.2\n"
            + "a 91820003 64211 0.5\na 91820010 64212.5 1\na 91820012 64212.5 1.25\n");
        _book.TryBest(BookSide.Bid, out var best).ShouldBeTrue();
        best.OrderId.ShouldBe(91820001);
        _book[BookSide.Ask, 2].OrderId.ShouldBe(91820012);
        _book.IsCrossed.ShouldBeFalse();
    }

    [Fact]
    public void A_known_id_is_replaced_and_deleted_by_id_alone()
    {
        Put(1, BookSide.Ask, "10", "1").ShouldBe(BookChange.Inserted);
        Put(1, BookSide.Ask, "10.00", "2").ShouldBe(BookChange.Updated);
        Put(1, BookSide.Ask, "11", "3").ShouldBe(BookChange.Updated);
        Dump(_book).ShouldBe("a 1 11 3\n");
        Put(1, BookSide.Bid, "9", "4").ShouldBe(BookChange.Updated);
        Dump(_book).ShouldBe("b 1 9 4\n");
        Delete(2).ShouldBe(BookChange.UnknownDelete);
        Delete(1).ShouldBe(BookChange.Deleted);
        Delete(1).ShouldBe(BookChange.UnknownDelete);
        Dump(_book).ShouldBe("");
    }

    [Fact]
    public void Extreme_ids_are_ids_like_any_other()
    {
        foreach (var id in new[] { 0, -1, long.MaxValue, long.MinValue, 1 })
            Put(id, BookSide.Bid, "5", "1").ShouldBe(BookChange.Inserted);
        _book.Count(BookSide.Bid).ShouldBe(5);
        Enumerable.Range(0, 5).Select(i => _book[BookSide.Bid, i].OrderId)
            .ShouldBe([long.MinValue, -1, 0, 1, long.MaxValue]);
        Delete(0).ShouldBe(BookChange.Deleted);
        Delete(long.MinValue).ShouldBe(BookChange.Deleted);
        _book.Clear();
        Delete(1).ShouldBe(BookChange.UnknownDelete);
    }

    [Theory]
    [InlineData(1, 60, 5, 2, 30_000)]
    [InlineData(2, 3_000, 3, 1, 100_000)]
    [InlineData(3, 20_000, 400, 8, 150_000)]
    [InlineData(4, 1_000, 100, 20, 40_000)]
    public void Random_orders_give_the_book_of_the_model(int seed, int ids, int prices, int maxScale, int updates)
    {
        var random = new Random(seed);
        var model = new Dictionary<long, BookOrder>();
        for (var i = 0; i < updates; i++)
        {
            var place = $"seed {seed}, update {i}";
            var order = RandomOrder(random, ids, prices, i < 1_000 ? 0 : maxScale);
            var isKnown = model.ContainsKey(order.OrderId);
            var expected = (order.IsDelete, isKnown) switch
            {
                (true, true) => BookChange.Deleted,
                (true, false) => BookChange.UnknownDelete,
                (false, true) => BookChange.Updated,
                (false, false) => BookChange.Inserted,
            };
            if (order.IsDelete)
                model.Remove(order.OrderId);
            else
                model[order.OrderId] = order;
            _book.Apply(order).ShouldBe(expected, place);
            if (i % 5_000 == 0 || i == updates - 1)
                Check(model.Values, place);
        }
    }

    static BookOrder RandomOrder(Random random, int ids, int prices, int maxScale)
    {
        var id = 40_000_000_000 + random.Next(ids);
        if (random.Next(3) == 0)
            return new(id, (BookSide)random.Next(2), default, default, true);
        var side = (BookSide)random.Next(2);
        var units = 10 * prices + (side == BookSide.Bid ? -random.Next(prices) : random.Next(prices) - 1);
        var price = random.Next(2) == 0
            ? new ExactDecimal(units, 0)
            : new ExactDecimal(units * 10L + random.Next(2), Math.Min(random.Next(maxScale + 1), 1 + maxScale));
        return new(id, side, price, new(random.Next(1, 1_000), 3), false);
    }

    void Check(IReadOnlyCollection<BookOrder> model, string place)
    {
        var bids = model.Where(o => o.Side == BookSide.Bid)
            .OrderByDescending(o => o.Price).ThenBy(o => o.OrderId).ToList();
        var asks = model.Where(o => o.Side == BookSide.Ask).OrderBy(o => o.Price).ThenBy(o => o.OrderId).ToList();
        var lines = bids.Select(o => $"b {o.OrderId} {o.Price} {o.Amount}\n")
            .Concat(asks.Select(o => $"a {o.OrderId} {o.Price} {o.Amount}\n"));
        Dump(_book).ShouldBe(string.Concat(lines), place);
        _book.IsCrossed.ShouldBe(bids.Count > 0 && asks.Count > 0 && bids[0].Price >= asks[0].Price, place);
        if (bids.Count > 3)
            _book[BookSide.Bid, 3].ShouldBe(bids[3], place);
    }

    [Fact]
    public void A_full_book_is_updated_without_allocation()
    {
        var random = new Random(11);
        var orders = new BookOrder[20_000];
        for (var i = 0; i < orders.Length; i++)
            orders[i] = RandomOrder(random, 2_000, 500, 4);
        void ApplyAll()
        {
            foreach (ref readonly var order in orders.AsSpan())
                _book.Apply(order);
        }

        ApplyAll();
        ApplyAll();
        _book.Clear();
        ApplyAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        _book.Clear();
        ApplyAll();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
