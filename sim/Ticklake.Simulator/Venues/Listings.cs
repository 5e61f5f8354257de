using Ticklake.Simulator.Market;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Venues;

/// <summary>One entry of the script by which symbols come and go.</summary>
/// <param name="Venue">As paths of the lake name the market.</param>
/// <param name="Symbol">Simulated from the start on; one whose first entry lists it is hidden until then.</param>
/// <param name="After">Simulated time from the start.</param>
/// <param name="IsListed">It is listed, or delisted, from then on.</param>
public sealed record ListingStep(string Venue, string Symbol, TimeSpan After, bool IsListed);

/// <summary>
/// Which of the simulated symbols the exchanges list: what is not listed is in no list, cannot be subscribed, and sends nothing.
/// Used with the timeline's gate held.
/// </summary>
sealed class Listings
{
    readonly HashSet<(string Venue, string Symbol)> _hidden = [];
    readonly TruthLog _truth;

    public Listings(IReadOnlyList<ListingStep> script, Timeline timeline, TruthLog truth)
    {
        _truth = truth;
        foreach (var first in script.GroupBy(s => (s.Venue, s.Symbol)).Select(g => g.MinBy(s => s.After)!))
        {
            if (first.IsListed)
                _hidden.Add((first.Venue, first.Symbol));
        }

        foreach (var step in script)
            timeline.In(step.After, () => Set(step.Venue, step.Symbol, step.IsListed));
    }

    public bool Has(string venue, string symbol) => !_hidden.Contains((venue, symbol));

    public void Set(string venue, string symbol, bool isListed)
    {
        if (isListed ? _hidden.Remove((venue, symbol)) : _hidden.Add((venue, symbol)))
            _truth.Listing(venue, symbol, isListed);
    }
}
