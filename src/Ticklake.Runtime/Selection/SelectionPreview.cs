using Microsoft.Extensions.Logging.Abstractions;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Instruments;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Selection;

/// <summary>What a market's rules select now, without recording anything and without writing into the data folder.</summary>
/// <param name="Rules">Each rule's result.</param>
/// <param name="Listed">Instruments of the list it was resolved from.</param>
/// <param name="ReadAt">When that list was read, where it is one that the data folder remembers; else null.</param>
/// <param name="Fault">Why there is no new list, or null.</param>
public sealed record SelectionPreview(IReadOnlyList<RuleSelection> Rules, int Listed, DateTimeOffset? ReadAt, string? Fault)
{
    /// <summary>Asks the exchange; falls back on what the data folder remembers.</summary>
    public static async Task<SelectionPreview> ResolveAsync(
        MarketOptions options, string dataDirectory, TimeProvider clock, CancellationToken cancel)
    {
        var limit = options.Exchange.LimitsOf(options.Market).Rest;
        using var budget = new RateBudget(RateLimit.Of(limit), clock);
        using var fetcher = new SnapshotFetcher(
            options.Endpoints.Rest, budget, limit, options.Routes.First, clock, NullLogger.Instance);
        var (list, fault) = await ListAsync(options, fetcher, cancel).ConfigureAwait(false);
        DateTimeOffset? readAt = null;
        if (list is null)
        {
            var known = InstrumentHistory.Open(InstrumentHistory.PathOf(dataDirectory, options.Market));
            readAt = known.ReadAt;
            list = readAt is null ? null : [.. known.Current.Select(p => p.Instrument)];
        }

        var volumes = options.Rules.Any(r => r.Top is not null) && options.Exchange.ListingOf(options.Market)?.Volumes is { } request
            ? await VolumesAsync(new VolumeReader(request), fetcher, cancel).ConfigureAwait(false)
            : null;
        return new SelectionPreview(
            [.. options.Rules.Select(r => new StreamSelector(options.Exchange, options.Market, r).Select(list, volumes))],
            list?.Count ?? 0,
            readAt,
            fault);
    }

    static async Task<(IReadOnlyList<Instrument>? List, string? Fault)> ListAsync(
        MarketOptions options, SnapshotFetcher fetcher, CancellationToken cancel)
    {
        if (options.Exchange.CreateInstrumentReader(options.Market) is not { } reader)
            return (null, "no list of instruments is read of it");
        var fault = await ListFetch.RunAsync(() => reader.Next, reader.Take, fetcher, cancel).ConfigureAwait(false);
        return fault is null ? (reader.Instruments, null) : (null, fault);
    }

    static async Task<IReadOnlyDictionary<string, double>?> VolumesAsync(
        VolumeReader reader, SnapshotFetcher fetcher, CancellationToken cancel) =>
        await ListFetch.RunAsync(() => reader.Next, reader.Take, fetcher, cancel).ConfigureAwait(false) is null
            ? reader.Volumes
            : null;
}
