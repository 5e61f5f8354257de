using System.Buffers;
using System.Text;
using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Xunit;

namespace Ticklake.Tests.Core.Books;

public sealed class PriceBookModelTests
{
    /// <summary>A book as plain as can be.</summary>
    sealed class Model
    {
        internal SortedDictionary<decimal, BookLevel> Bids { get; } =
            new(Comparer<decimal>.Create((l, r) => r.CompareTo(l)));

        internal SortedDictionary<decimal, BookLevel> Asks { get; } = [];

        internal SortedDictionary<decimal, BookLevel> this[BookSide side] => side == BookSide.Bid ? Bids : Asks;

        internal BookChange Apply(in BookLevel level)
        {
            var price = level.Price.ToDecimal();
            var isKnown = this[level.Side].ContainsKey(price);
            if (level.Amount.IsZero)
                return this[level.Side].Remove(price) ? BookChange.Deleted : BookChange.UnknownDelete;
            this[level.Side][price] = level;
            return isKnown ? BookChange.Updated : BookChange.Inserted;
        }

        internal bool IsCrossed => Bids.Count > 0 && Asks.Count > 0 && Bids.First().Key >= Asks.First().Key;
    }

    [Theory]
    [InlineData(1, 20, 0, 20_000)]
    [InlineData(2, 200, 1, 50_000)]
    [InlineData(3, 3_000, 2, 100_000)]
    [InlineData(4, 30_000, 8, 150_000)]
    [InlineData(5, 500, 14, 30_000)]
    [InlineData(6, 500, 22, 30_000)]
    public void Random_updates_give_the_book_of_the_model(int seed, int prices, int maxScale, int updates)
    {
        var random = new Random(seed);
        var book = new PriceBook();
        var model = new Model();
        for (var i = 0; i < updates; i++)
        {
            var place = $"seed {seed}, update {i}";
            if (random.Next(20_000) == 0)
            {
                book.Clear();
                model.Bids.Clear();
                model.Asks.Clear();
            }

            var level = RandomLevel(random, prices, maxScale, i);
            book.Apply(level).ShouldBe(model.Apply(level), place);
            book.IsCrossed.ShouldBe(model.IsCrossed, place);
            CheckBest(book, model, BookSide.Bid, place);
            CheckBest(book, model, BookSide.Ask, place);
            if (i % 5_000 == 0 || i == updates - 1)
                CheckAll(book, model, place);
        }
    }

    static BookLevel RandomLevel(Random random, int prices, int maxScale, int update)
    {
        var side = random.Next(2) == 0 ? BookSide.Bid : BookSide.Ask;
        // The middle drifts, sides overlap a little, most updates are near the best, some anywhere.
        var distance = random.Next(4) == 0 ? random.Next(prices) : (int)(Math.Pow(random.NextDouble(), 3) * prices);
        var units = 10L * prices + update / 100 + (side == BookSide.Bid ? -distance : distance - 2);
        // Finer prices come later, and the same price is written with a varying number of zeros.
        var scale = random.Next(maxScale + 1);
        var zeros = random.Next(3);
        var price = update > 2_000 && scale > 2
            ? new ExactDecimal(units * 100 + random.Next(3), Math.Max(scale, 3))
            : new ExactDecimal(units * (long)Math.Pow(10, zeros), zeros);
        var amount = random.Next(5) < 2 ? ExactDecimal.Zero : new ExactDecimal(random.Next(1, 1_000_000), 5);
        return new(side, price, amount, random.Next(9));
    }

    static void CheckBest(PriceBook book, Model model, BookSide side, string place)
    {
        book.Count(side).ShouldBe(model[side].Count, place);
        book.TryBest(side, out var best).ShouldBe(model[side].Count > 0, place);
        if (model[side].Count > 0)
            best.ShouldBe(model[side].First().Value, place);
    }

    static void CheckAll(PriceBook book, Model model, string place)
    {
        var expected = new StringBuilder();
        foreach (var side in new[] { BookSide.Bid, BookSide.Ask })
        {
            var index = 0;
            foreach (var level in model[side].Values)
            {
                book[side, index++].ShouldBe(level, place);
                expected.Append(side == BookSide.Bid ? 'b' : 'a').Append(' ')
                    .Append(level.Price).Append(' ').Append(level.Amount).Append('\n');
            }
        }

        var buffer = new ArrayBufferWriter<byte>();
        book.WriteCanonical(buffer);
        Encoding.ASCII.GetString(buffer.WrittenSpan).ShouldBe(expected.ToString(), place);
    }
}
