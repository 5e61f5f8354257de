using System.Globalization;
using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>How a placeholder's values look: it decides what two of them beside each other can be told apart.</summary>
enum PlaceholderForm : byte
{
    /// <summary>A name of any length.</summary>
    Name,

    /// <summary>A number of any length.</summary>
    Number,

    /// <summary>Always the same number of digits.</summary>
    Digits,

    /// <summary><c>20250117T080000Z</c>, which is in no name.</summary>
    Instant,

    /// <summary>The end of the file's name.</summary>
    Extension,
}

/// <summary>One <c>{name}</c> that a path template may hold.</summary>
/// <param name="Name">What stands between the braces.</param>
/// <param name="Form">How its values look.</param>
/// <param name="Pattern">A regular expression for its values.</param>
/// <param name="Value">Its value; null where it has none.</param>
sealed record PathPlaceholder(string Name, PlaceholderForm Form, string Pattern, Func<SegmentFacts, string?> Value)
{
    const string Source = "websocket";
    const long BytesPerMegabyte = 1 << 20;
    const string Identifier = "[a-z0-9_-]+";
    const string Escaped = "[A-Za-z0-9_+%~.-]+";
    const string InstantPattern = @"\d{8}T\d{6}Z";

    // Exchanges whose symbols begin with a lower-case letter: t for trading pairs, f for funding.
    static readonly string[] LowerFirst = ["bitfinex"];

    public static PathPlaceholder Exchange { get; } =
        new("exchange", PlaceholderForm.Name, Identifier, f => f.Stream.Market.PathName);

    public static PathPlaceholder ExchangeName { get; } =
        new("exchange_name", PlaceholderForm.Name, Identifier, f => f.Stream.Market.Exchange);

    public static PathPlaceholder Market { get; } =
        new("market", PlaceholderForm.Name, Identifier, f => f.Stream.Market.Market);

    public static PathPlaceholder Channel { get; } = new(
        "channel", PlaceholderForm.Name, $"(?:{string.Join('|', ChannelNames.All)})(?:_{Escaped})?", f => ChannelOf(f.Stream));

    public static PathPlaceholder Symbol { get; } =
        new("symbol", PlaceholderForm.Name, Escaped, f => SymbolOf(f.Stream));

    public static PathPlaceholder Server { get; } = new("server", PlaceholderForm.Name, Escaped, f => f.Server);

    public static PathPlaceholder Year { get; } = Time("yyyy", 4);

    public static PathPlaceholder Month { get; } = Time("MM", 2);

    public static PathPlaceholder Day { get; } = Time("dd", 2);

    public static PathPlaceholder Hour { get; } = Time("HH", 2);

    public static PathPlaceholder Start { get; } =
        new("start", PlaceholderForm.Instant, InstantPattern, f => UtcText.Compact(f.FirstRecvUs));

    public static PathPlaceholder StartMilliseconds { get; } =
        new("unix_ms", PlaceholderForm.Number, @"\d{1,15}", f => Text(f.FirstRecvUs / 1000));

    public static PathPlaceholder End { get; } = new(
        "end", PlaceholderForm.Instant, InstantPattern, f => f.LastRecvUs is { } end ? UtcText.Compact(end) : null);

    public static PathPlaceholder Size { get; } = new(
        "size", PlaceholderForm.Number, @"\d+", f => f.Bytes is { } bytes ? Megabytes(bytes) : null);

    public static PathPlaceholder Number { get; } = new(
        "number", PlaceholderForm.Number, @"\d{4,}", f => f.Number.ToString("D4", CultureInfo.InvariantCulture));

    public static PathPlaceholder Extension { get; } =
        new("ext", PlaceholderForm.Extension, @"(?:parquet|arrow|csv(?:\.gz|\.zst)?)", f => f.Extension);

    public static IReadOnlyList<PathPlaceholder> All { get; } =
    [
        Exchange, ExchangeName, Market, new("source", PlaceholderForm.Name, Source, _ => Source), Channel, Symbol, Server,
        Year, Month, Day, Hour, Start, StartMilliseconds, End, Size, Number, Extension,
    ];

    /// <summary>As it stands in a template.</summary>
    public override string ToString() => $"{{{Name}}}";

    static PathPlaceholder Time(string format, int digits) => new(
        format, PlaceholderForm.Digits, $@"\d{{{digits}}}", f => UtcText.Format(f.FirstRecvUs, format));

    // Rounded up: no file has no size.
    static string Megabytes(long bytes) => Text((bytes + BytesPerMegabyte - 1) / BytesPerMegabyte);

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string ChannelOf(StreamKey stream) => stream.Variant.Length == 0
        ? stream.Channel.Name()
        : $"{stream.Channel.Name()}_{PathName.Escape(stream.Variant, PathCase.Variant)}";

    static string SymbolOf(StreamKey stream) =>
        PathName.Escape(
            stream.Symbol,
            LowerFirst.Contains(stream.Market.Exchange) ? PathCase.LowerFirst : PathCase.Upper);
}
