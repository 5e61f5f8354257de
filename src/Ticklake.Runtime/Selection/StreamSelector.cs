using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Selection;

/// <summary>
/// Applies one rule to one reading of the list after the other. What it has selected it keeps as long as there is no good reason
/// against it, so that neither a ranking's noise nor an exchange's maintenance tears recordings apart (adr/0012). No I/O; one
/// thread.
/// </summary>
public sealed class StreamSelector(IExchange exchange, MarketId market, SelectionRule rule)
{
    // Selected until its rank is worse than so many times the number wanted.
    const double KeptRank = 1.5;

    // Fewer may well go at once.
    const int MostGoneAtOnce = 4;

    readonly MarketListing? _listing = exchange.ListingOf(market);

    // By symbol: readings in a row at which it was listed but did not trade.
    Dictionary<string, int> _chosen = new(StringComparer.Ordinal);
    RuleSelection? _last;
    bool _isDoubted;

    /// <summary>What the rule selects of a complete list.</summary>
    /// <param name="list">The exchange's instruments; null where they are not known.</param>
    /// <param name="volumes">Quote volumes by symbol; null where they are not known or not wanted.</param>
    public RuleSelection Select(IEnumerable<Instrument>? list, IReadOnlyDictionary<string, double>? volumes)
    {
        if (list is null)
            return Kept("the exchange's list of instruments is not known yet");
        var fitting = list.Where(rule.Fits).DistinctBy(i => i.Symbol).OrderBy(i => i.Symbol, StringComparer.Ordinal).ToList();
        var gone = _chosen.Count - fitting.Count(i => _chosen.ContainsKey(i.Symbol));
        _isDoubted = gone > MostGoneAtOnce && gone * 2 > _chosen.Count && !_isDoubted;
        if (_isDoubted)
            return Kept($"{gone} of {_chosen.Count} selected symbols are no longer listed; believed if the next reading says so too");
        var open = fitting.Where(i => IsOpen(i) || IsGivenTime(i.Symbol)).ToList();
        if (rule.Top is { } top)
        {
            if (volumes is null)
                return Kept("the volumes of 24 hours are not known yet");
            open = Ranked(open, volumes, top);
        }

        _chosen = open.ToDictionary(
            i => i.Symbol, i => IsOpen(i) ? 0 : _chosen[i.Symbol] + 1, StringComparer.Ordinal);
        return _last = WithStreams([.. open.Select(i => i.Symbol)]);
    }

    bool IsOpen(Instrument instrument) => rule.Statuses is { } statuses
        ? statuses.Count == 0 || statuses.Contains(instrument.Status)
        : _listing is null || _listing.IsTrading(instrument.Status);

    // A halt of some hours is no delisting: what was selected stays over one reading.
    bool IsGivenTime(string symbol) => _chosen.TryGetValue(symbol, out var closed) && closed == 0;

    List<Instrument> Ranked(List<Instrument> open, IReadOnlyDictionary<string, double> volumes, int top)
    {
        var ranked = open.OrderByDescending(i => volumes.GetValueOrDefault(i.Symbol)).ThenBy(i => i.Symbol, StringComparer.Ordinal)
            .ToList();
        var kept = ranked.Take((int)(top * KeptRank)).Where(i => _chosen.ContainsKey(i.Symbol)).Take(top).ToHashSet();
        var added = ranked.Where(i => !kept.Contains(i)).Take(top - kept.Count).ToHashSet();
        return [.. ranked.Where(i => kept.Contains(i) || added.Contains(i))];
    }

    RuleSelection Kept(string fault) => (_last ?? new RuleSelection(rule, [], [], null)) with { Fault = fault };

    RuleSelection WithStreams(IReadOnlyList<string> symbols)
    {
        var (streams, fault) = (new List<StreamKey>(), (string?)null);
        foreach (var symbol in symbols)
        {
            foreach (var template in rule.Templates)
            {
                if (template.Derived is { } derived)
                {
                    streams.Add(derived with { Symbol = symbol });
                    continue;
                }

                var request = new StreamRequest(template.Channel, symbol, template.Options);
                if (exchange.TryParseStream(market, request, out var key, out var refusal) && key is not null)
                    streams.Add(key);
                else
                    fault ??= refusal;
            }
        }

        return new RuleSelection(rule, symbols, [.. streams.Distinct()], fault);
    }
}
