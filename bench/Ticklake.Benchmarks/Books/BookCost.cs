using System.Globalization;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Benchmarks.Books;

/// <summary>
/// What one level update of a <see cref="PriceBook"/> and one order update of an <see cref="OrderBook"/> cost: the
/// updates of real recordings and a synthetic deep book, parsed beforehand. The least processor time of several rounds
/// is reported, because the machine is shared.
/// </summary>
static class BookCost
{
    const int Rounds = 15;

    internal static void Run(TextWriter output)
    {
        output.WriteLine("book                                      updates   bids   asks  ns/update   B/update");
        foreach (var (name, path) in RecordedUpdates.Files)
        {
            if (RecordedUpdates.TryLoad(path) is { } levels)
                MeasureLevels(output, name, levels);
            else
                output.WriteLine($"{name,-40} (absent: {path})");
        }

        MeasureLevels(output, "synthetic, 50,000 a side, anywhere", DeepBook());
        if (RecordedUpdates.TryLoad(RecordedUpdates.Files[0].Path) is { } bitfinex)
            MeasureOrders(output, "the bitfinex levels as orders", AsOrders(bitfinex));
    }

    static void MeasureLevels(TextWriter output, string name, BookLevel[] levels)
    {
        var book = new PriceBook();
        var crossed = 0;
        var (best, allocated) = Measure(() =>
        {
            book.Clear();
            foreach (ref readonly var level in levels.AsSpan())
            {
                book.Apply(level);
                // What the pipeline does after each update belongs to its cost.
                crossed += book.IsCrossed ? 1 : 0;
                book.TryBest(BookSide.Bid, out _);
                book.TryBest(BookSide.Ask, out _);
            }
        });
        Report(output, name, levels.Length, (book.Count(BookSide.Bid), book.Count(BookSide.Ask)), best, allocated);
    }

    static void MeasureOrders(TextWriter output, string name, BookOrder[] orders)
    {
        var book = new OrderBook();
        var crossed = 0;
        var (best, allocated) = Measure(() =>
        {
            book.Clear();
            foreach (ref readonly var order in orders.AsSpan())
            {
                book.Apply(order);
                crossed += book.IsCrossed ? 1 : 0;
            }
        });
        Report(output, name, orders.Length, (book.Count(BookSide.Bid), book.Count(BookSide.Ask)), best, allocated);
    }

    static (TimeSpan Best, long Allocated) Measure(Action round)
    {
        var best = TimeSpan.MaxValue;
        var allocated = 0L;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Environment.CpuUsage.TotalTime;
            round();
            var elapsed = Environment.CpuUsage.TotalTime - start;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            best = elapsed < best ? elapsed : best;
        }

        return (best, allocated);
    }

    static void Report(
        TextWriter output, string name, int updates, (int Bids, int Asks) sizes, TimeSpan best, long allocated) =>
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-40} {updates,8} {sizes.Bids,6} {sizes.Asks,6} {best.TotalNanoseconds / updates,10:F1} "
            + $"{(double)allocated / updates,10:F2}"));

    /// <summary>Two filled sides of which levels at any depth are set, changed and deleted.</summary>
    static BookLevel[] DeepBook()
    {
        const int Levels = 50_000;
        var random = new Random(3);
        var updates = new BookLevel[Levels * 8];
        for (var i = 0; i < updates.Length; i++)
        {
            var isBid = i % 2 == 0;
            // The first updates fill both sides from the best on, as a snapshot does.
            var depth = i < 2 * Levels ? i / 2 : random.Next(Levels + Levels / 5);
            var ticks = isBid ? 6_000_000 - depth : 6_000_001 + depth;
            var amount = i >= 2 * Levels && random.Next(6) == 0 ? 0 : random.Next(1, 1_000_000);
            updates[i] = new(isBid ? BookSide.Bid : BookSide.Ask, new(ticks, 2), new(amount, 5));
        }

        return updates;
    }

    /// <summary>One order a level, its id given when the level appears.</summary>
    static BookOrder[] AsOrders(BookLevel[] levels)
    {
        var ids = new Dictionary<(BookSide, ExactDecimal), long>();
        var next = 19_000_000_000;
        var orders = new BookOrder[levels.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            var level = levels[i];
            if (!ids.TryGetValue((level.Side, level.Price), out var id))
                ids[(level.Side, level.Price)] = id = ++next;
            var isDelete = level.Amount.IsZero;
            if (isDelete)
                ids.Remove((level.Side, level.Price));
            orders[i] = new(id, level.Side, isDelete ? default : level.Price, level.Amount, isDelete);
        }

        return orders;
    }
}
