using System.Globalization;
using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Selection;

/// <summary>A channel with its options, wanted of every symbol that a rule selects.</summary>
public sealed record StreamTemplate(Channel Channel, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>The name that a stream made from a book gets, of whatever symbol; null where the exchange sends the stream.</summary>
    public StreamKey? Derived { get; init; }

    public override string ToString() => Options.Count == 0
        ? Channel.Name()
        : $"{Channel.Name()}({string.Join(", ", Options.Select(o => $"{o.Key} {o.Value}"))})";
}

/// <summary>
/// Which instruments of a market's list are recorded without being named: all conditions must hold. Made by the configuration,
/// applied by <see cref="StreamSelector"/>.
/// </summary>
public sealed record SelectionRule
{
    /// <summary>What is recorded of each.</summary>
    public required IReadOnlyList<StreamTemplate> Templates { get; init; }

    /// <summary>One of them must fit the symbol; empty: any symbol.</summary>
    public IReadOnlyList<SymbolPattern> Patterns { get; init; } = [];

    /// <summary>Empty: any.</summary>
    public IReadOnlyList<string> Bases { get; init; } = [];

    /// <summary>Empty: any.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];

    /// <summary>Empty: any.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>In the exchange's own words; empty: any; null: those of what trades.</summary>
    public IReadOnlyList<string>? Statuses { get; init; }

    /// <summary>Symbols and patterns that are left out.</summary>
    public IReadOnlyList<SymbolPattern> Except { get; init; } = [];

    /// <summary>Only so many, the first by the quote volume of 24 hours; null: all.</summary>
    public int? Top { get; init; }

    /// <summary>Everything but status and rank holds.</summary>
    public bool Fits(Instrument instrument) =>
        (Patterns.Count == 0 || Patterns.Any(p => p.Fits(instrument.Symbol)))
        && Allows(Bases, instrument.Base) && Allows(Quotes, instrument.Quote) && Allows(Kinds, instrument.Kind)
        && !Except.Any(p => p.Fits(instrument.Symbol));

    /// <summary>The rule as people say it: <c>trades, books of *USDT, quote USDT, the first 50 by volume</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string> { Patterns.Count == 0 ? "all symbols" : string.Join(" or ", Patterns.Select(p => p.Text)) };
        Add("base", Bases);
        Add("quote", Quotes);
        Add("kind", Kinds);
        if (Statuses is not null)
            parts.Add(Statuses.Count == 0 ? "any status" : "status " + string.Join(" or ", Statuses));
        if (Except.Count > 0)
            parts.Add("except " + string.Join(", ", Except.Select(p => p.Text)));
        if (Top is { } top)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"the first {top} by volume"));
        return $"{string.Join(", ", Templates)} of {string.Join(", ", parts)}";

        void Add(string name, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
                parts.Add($"{name} {string.Join(" or ", values)}");
        }
    }

    static bool Allows(IReadOnlyList<string> values, string value) => values.Count == 0 || values.Contains(value);
}
