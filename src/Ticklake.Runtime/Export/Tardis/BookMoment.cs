using Ticklake.Core.Books;
using Ticklake.Core.Events;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>A book after an update.</summary>
/// <param name="book">The book.</param>
/// <param name="step">What the update did to it.</param>
/// <param name="exchangeUs">The exchange's time of the update, or null.</param>
/// <param name="localUs">The time of its receipt.</param>
/// <param name="levels">The levels of the update.</param>
readonly ref struct BookMoment(PriceBook book, StoredStep step, long? exchangeUs, long localUs, ReadOnlySpan<BookLevel> levels)
{
    public PriceBook Book { get; } = book;

    public StoredStep Step { get; } = step;

    public long? ExchangeUs { get; } = exchangeUs;

    public long LocalUs { get; } = localUs;

    public ReadOnlySpan<BookLevel> Levels { get; } = levels;
}
