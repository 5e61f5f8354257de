using Microsoft.Extensions.Logging;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Instruments;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Sessions;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Selection;

/// <summary>
/// The selection rules of one market while it is recorded: resolves them at each reading of the list. One task; what they have
/// come to may be read by any thread.
/// </summary>
public sealed class MarketSelection(MarketOptions options, InstrumentBoard board, ILogger log)
{
    // Names in a log line; the status has them all.
    const int MostNamed = 20;

    readonly IReadOnlyList<StreamSelector> _selectors =
        [.. options.Rules.Select(r => new StreamSelector(options.Exchange, options.Market, r))];

    volatile IReadOnlyList<RuleSelection> _current = [];
    IReadOnlyList<string> _lackingBooks = [];

    /// <summary>What each rule has come to; empty before the first resolution.</summary>
    public IReadOnlyList<RuleSelection> Current => _current;

    /// <summary>Something was lacking at the last resolution: to be tried again soon.</summary>
    public bool IsLacking => _current.Any(r => r.Fault is not null);

    /// <summary>Every stream that is wanted: the named ones first, then what the rules select.</summary>
    /// <param name="isFresh">The list has just been read.</param>
    /// <param name="fetcher">Asks for volumes.</param>
    /// <param name="cancel">Ends the asking.</param>
    public async Task<IReadOnlyList<StreamKey>> ResolveAsync(bool isFresh, SnapshotFetcher fetcher, CancellationToken cancel)
    {
        if (_selectors.Count == 0)
            return options.Streams;
        var market = options.Market.ToString();
        var list = board.Listed;
        if (!isFresh && board.ReadAt is { } readAt)
            LogMessages.SelectingFromOld(log, market, readAt);
        var volumes = list is not null && options.Rules.Any(r => r.Top is not null)
            ? await VolumesAsync(fetcher, cancel).ConfigureAwait(false)
            : null;
        var results = _selectors.Select(s => s.Select(list, volumes)).ToList();
        foreach (var result in results)
            Tell(market, result);
        _current = results;
        IReadOnlyList<StreamKey> streams = [.. options.Streams.Concat(results.SelectMany(r => r.Streams)).Distinct()];
        TellOfMissingBooks(market, streams);
        return streams;
    }

    void TellOfMissingBooks(string market, IReadOnlyList<StreamKey> streams)
    {
        var lacking = streams.Where(s => DerivedStream.IsDerived(s) && DerivedStream.BookOf(s.Symbol, streams) is null)
            .Select(s => s.Symbol).Distinct().ToList();
        if (lacking.Count > 0 && !lacking.SequenceEqual(_lackingBooks))
            LogMessages.SelectedWithoutBooks(log, market, lacking.Count, Named(lacking));
        _lackingBooks = lacking;
    }

    void Tell(string market, RuleSelection result)
    {
        var rule = result.Rule.ToString();
        var before = _current.FirstOrDefault(r => r.Rule == result.Rule);
        if (result.Fault is { } fault && before?.Fault != fault)
            LogMessages.SelectionFailed(log, market, rule, fault);
        if (before is not null && before.Symbols.SequenceEqual(result.Symbols))
            return;
        if (result.Symbols.Count == 0 && result.Fault is null)
            LogMessages.SelectedNothing(log, market, rule);
        else if (result.Symbols.Count > 0)
            LogMessages.Selected(log, market, rule, result.Symbols.Count, Named(result.Symbols));
    }

    static string Named(IReadOnlyList<string> symbols) =>
        string.Join(", ", symbols.Take(MostNamed)) + (symbols.Count > MostNamed ? ", …" : "");

    async Task<IReadOnlyDictionary<string, double>?> VolumesAsync(SnapshotFetcher fetcher, CancellationToken cancel)
    {
        if (options.Exchange.ListingOf(options.Market)?.Volumes is not { } request)
            return null;
        var reader = new VolumeReader(request);
        var fault = await ListFetch.RunAsync(() => reader.Next, reader.Take, fetcher, cancel).ConfigureAwait(false);
        if (fault is null)
            return reader.Volumes;
        LogMessages.VolumesFailed(log, options.Market.ToString(), fault);
        return null;
    }
}
