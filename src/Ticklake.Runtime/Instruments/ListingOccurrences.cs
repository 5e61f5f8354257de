using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Instruments;

/// <summary>Turns what changed between two readings of a list into journal lines.</summary>
static class ListingOccurrences
{
    const string StatusChanged = "instrument_status";

    /// <summary>Instruments that came, went, or changed their status.</summary>
    public static IEnumerable<Occurrence> Of(IEnumerable<(InstrumentLine Line, string? StatusBefore)> changes)
    {
        foreach (var (line, before) in changes)
        {
            if (line.Instrument is not { } instrument)
                continue;
            var isChange = line.Event == InstrumentHistory.Changed;
            if (isChange && before == instrument.Status)
                continue;
            var members = new List<(string, string)>
            {
                ("symbol", instrument.Symbol),
                ("pair", instrument.Pair),
                ("kind", instrument.Kind),
                ("status", instrument.Status),
            };
            if (isChange)
                members.Add(("before", before ?? ""));
            yield return Occurrence.With(isChange ? StatusChanged : line.Event, [.. members]);
        }
    }
}
