using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// A stream whose rows are made from a book that the same connection carries: best prices wherever they change, or its best
/// levels at even steps of time.
/// </summary>
/// <param name="Key">
/// Names it; everything else about it can be read from its variant, see <see cref="TryParse(StreamKey, StreamKey, out DerivedStream?)"/>.
/// </param>
/// <param name="Book">The stream of books it is made from.</param>
public sealed record DerivedStream(StreamKey Key, StreamKey Book)
{
    /// <summary>Levels a side at most.</summary>
    public const int MostLevels = 5000;

    const string Mark = "book";

    /// <summary>Time between two samples, whole milliseconds; zero for best prices.</summary>
    public TimeSpan Every { get; private init; }

    /// <summary>Levels a side of a sample; 1 for best prices.</summary>
    public int Levels { get; private init; } = 1;

    /// <summary>The best prices of a book.</summary>
    public static DerivedStream BestPricesOf(StreamKey book) =>
        new(new StreamKey(book.Market, Channel.BookTicker, book.Symbol, Mark), book);

    /// <summary>Samples of a book.</summary>
    public static DerivedStream SamplesOf(StreamKey book, TimeSpan every, int levels) => new(
        new StreamKey(
            book.Market,
            Channel.DepthSnapshots,
            book.Symbol,
            string.Create(CultureInfo.InvariantCulture, $"{Mark}_{Text(every)}_{levels}")),
        book)
    {
        Every = every,
        Levels = levels,
    };

    /// <summary>Whether a stream of this name is made from a book and not received.</summary>
    public static bool IsDerived(StreamKey key) => TryParse(key, key, out _);

    /// <summary>Reads what <paramref name="key"/> says: <c>book</c>, or <c>book_1s_20</c>.</summary>
    public static bool TryParse(StreamKey key, StreamKey book, [NotNullWhen(true)] out DerivedStream? derived)
    {
        derived = null;
        if (key is { Channel: Channel.BookTicker, Variant: Mark })
            derived = new DerivedStream(key, book);
        else if (key.Channel == Channel.DepthSnapshots && key.Variant.Split('_') is [Mark, var step, var levels]
            && TryParse(step, out var every) && TryParse(levels, MostLevels, out var count))
            derived = new DerivedStream(key, book) { Every = every, Levels = count };
        return derived is not null;
    }

    static string Text(TimeSpan every) => every.Milliseconds == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)every.TotalSeconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)every.TotalMilliseconds}ms");

    static bool TryParse(string text, out TimeSpan every)
    {
        const int MostMilliseconds = 86_400_000;
        every = default;
        var isMilliseconds = text.EndsWith("ms", StringComparison.Ordinal);
        if (!text.EndsWith('s')
            || !TryParse(text[..^(isMilliseconds ? 2 : 1)], MostMilliseconds, out var number))
            return false;
        every = isMilliseconds ? TimeSpan.FromMilliseconds(number) : TimeSpan.FromSeconds(number);
        return true;
    }

    static bool TryParse(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && number <= most;
}
