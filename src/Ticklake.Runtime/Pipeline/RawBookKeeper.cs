using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Rebuilds one book by order and judges it by its checksum. A delete of an unknown order is harmless (bitfinex.md 4.6) and
/// only counted. Session thread only.
/// </summary>
public sealed class RawBookKeeper(StreamRules rules)
{
    public OrderBook Book { get; } = new();

    public BookTrust Trust { get; } = new();

    public long UnknownDeletes { get; private set; }

    public BookFault Apply(in RawBookUpdate update, ReadOnlySpan<BookOrder> orders)
    {
        if (update.IsSnapshot)
            Book.Clear();
        foreach (ref readonly var order in orders)
        {
            if (Book.Apply(order) == BookChange.UnknownDelete)
                UnknownDeletes++;
        }

        return update.IsSnapshot ? Trust.Found("a new snapshot replaces the book", orders.Length) : BookFault.None;
    }

    public BookFault Check(in BookChecksum checksum) =>
        Trust.Status == BookStatus.Empty || rules.RawChecksum is not { } compute
            ? BookFault.None
            : Trust.Judge(checksum, compute(Book));

    public void Reset()
    {
        Book.Clear();
        Trust.Reset();
    }
}
