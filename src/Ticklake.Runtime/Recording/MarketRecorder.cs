using Ticklake.Core.Markets;
using Ticklake.Runtime.Clocks;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Instruments;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Selection;
using Ticklake.Runtime.Sessions;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Recording;

/// <summary>Records one market: its connections, and the budgets and states they share.</summary>
sealed class MarketRecorder : IDisposable
{
    // Long enough for any list that comes at all; recording does not wait for one that does not.
    static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(10);

    // Rules that lack a list or volumes are resolved again so soon.
    static readonly TimeSpan LackInterval = TimeSpan.FromMinutes(1);

    readonly MarketRoutes _routes;
    readonly SnapshotFetcher _snapshots;
    readonly InstrumentBoard _instruments;
    readonly MarketOptions _options;
    readonly SessionSurroundings _around;
    readonly MarketSelection _selection;
    readonly ConnectionFleet _fleet;
    readonly MarketNotices _notices;
    readonly ServerClock _serverClock = new();

    public MarketRecorder(
        MarketOptions options,
        SessionSurroundings around,
        StreamStates states,
        BudgetRegister budgets,
        Action<Session> sessionEnded,
        Action<PollSession> pollsEnded)
    {
        Market = options.Market;
        _options = options;
        _instruments = new InstrumentBoard(around.DataDirectory, options.Exchange, options.Market, around.Log);
        _around = around = around with { PairOf = _instruments.PairOf, ServerClock = _serverClock };
        _routes = new MarketRoutes(options, budgets, around);
        _snapshots = _routes.FetcherOf(options.Routes.First);
        _selection = new MarketSelection(options, _instruments, around.Log);
        _fleet = new ConnectionFleet(
            streams => RoutedPlans.Of(options, streams),
            plan => new ConnectionKeeper(plan, around, states, _routes.ConnectsOf(plan), _routes.FetcherOf(plan.Route))
            {
                SessionEnded = sessionEnded,
            },
            options.MaxStreamsPerConnection);
        _notices = new MarketNotices(() => Keepers, around.Clock);
        // Where rules select, everything is planned together, once they have been resolved.
        if (options.Rules.Count == 0)
            _fleet.Prepare(options.Streams);
        Polls =
        [
            .. RoutedPlans.PollsOf(options).Select(polls => new PollKeeper(
                new PollPlan(options.Exchange, options.Market, options.Endpoints.Rest, [.. polls], _fleet.TakeOrdinal()),
                around,
                states,
                _routes.FetcherOf(polls.Key)) { SessionEnded = pollsEnded }),
        ];
    }

    /// <summary>What is asked for by REST, one for each way out of this machine.</summary>
    public IReadOnlyList<PollKeeper> Polls { get; }

    public MarketId Market { get; }

    public IReadOnlyList<ConnectionKeeper> Keepers => _fleet.Keepers;

    /// <summary>How and how often clocks are compared.</summary>
    public ClockSettings Clock { get; init; } = new();

    /// <summary>The exchange's clock as it was last measured, or null. Any thread.</summary>
    public ClockMeasurement? ServerClock => _serverClock.Latest;

    /// <summary>What the market's rules have come to. Any thread.</summary>
    public IReadOnlyList<RuleSelection> Selections => _selection.Current;

    /// <summary>
    /// Any thread: has something that concerns the market written down in <c>controls</c>; true once a journal has it.
    /// </summary>
    public Task<bool> DeclareAsync(Occurrence occurrence) => _notices.DeclareAsync(occurrence);

    /// <summary>A connection is open whose journal takes what is declared. Any thread.</summary>
    public bool IsOpen => Keepers.Any(k => k.Current is { IsUnprocessed: false });

    public async Task RunAsync(CancellationToken stop)
    {
        var source = _options.Exchange.TimeSourceOf(Market);
        var watch = new ClockWatch(Market, source, Clock, _snapshots, _around.Clock, _around.Log)
        {
            Known = _serverClock,
            Declare = _notices.Declare,
        };
        var clocks = watch.RunAsync(stop);
        var polls = Task.WhenAll(Polls.Select(p => p.RunAsync(stop)));
        var first = ReadListAsync(stop);
        await Task.WhenAny(first, Task.Delay(ListPatience, _around.Clock, stop)).ConfigureAwait(false);
        if (_options.Rules.Count > 0)
            _fleet.Prepare(first.IsCompletedSuccessfully ? await first.ConfigureAwait(false) : _options.Streams);
        _fleet.Run(stop);
        var notices = _notices.RunAsync(stop);
        await KeepListAsync(first, stop).ConfigureAwait(false);
        await Task.WhenAll([_fleet.EndAsync(), notices, clocks, polls]).ConfigureAwait(false);
    }

    /// <summary>Goes on reading the list, and takes up and gives up streams as it says, until the recorder stops.</summary>
    async Task KeepListAsync(Task<IReadOnlyList<StreamKey>> reading, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var wanted = await reading.ConfigureAwait(false);
                var pause = _selection.IsLacking && LackInterval < _options.InstrumentsInterval
                    ? LackInterval
                    : _options.InstrumentsInterval;
                await RecordAsync(wanted, Task.Delay(pause, _around.Clock, stop), stop).ConfigureAwait(false);
                reading = ReadListAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The next start reads the list again.
        }
    }

    /// <summary>Records what is wanted, as far as the disk has room for it, until it is time to look again.</summary>
    async Task RecordAsync(IReadOnlyList<StreamKey> wanted, Task pause, CancellationToken stop)
    {
        while (true)
        {
            var change = _around.Thrift.Changed;
            var (added, givenUp) = _fleet.Change([.. wanted.Where(_around.Thrift.Keeps)], WhyNot, stop);
            if (added + givenUp > 0)
                LogMessages.StreamsChanged(_around.Log, Market.ToString(), added, givenUp);
            if (await Task.WhenAny(pause, change).ConfigureAwait(false) != pause)
                continue;
            await pause.ConfigureAwait(false);
            return;
        }
    }

    string WhyNot(StreamKey stream) => !_around.Thrift.Keeps(stream) ? Thrift.Reason
        : _instruments.Unlisted([stream.Symbol]).Count > 0
        ? "the exchange lists it no more"
        : "the rule selects it no more";

    /// <summary>Every wanted stream, by a new reading of the list or, where there is none, by what is known.</summary>
    async Task<IReadOnlyList<StreamKey>> ReadListAsync(CancellationToken stop)
    {
        var isFresh = await _instruments.RefreshAsync(_snapshots, _around.Clock, stop).ConfigureAwait(false);
        foreach (var change in _instruments.TakeChanges())
            _notices.Declare(change);
        if (isFresh)
        {
            var unlisted = _instruments.Unlisted(
                _options.Streams.Concat(_options.Polled.Select(p => p.Key)).Select(s => s.Symbol).Distinct());
            if (unlisted.Count > 0)
                LogMessages.Unlisted(_around.Log, Market.ToString(), string.Join(", ", unlisted));
        }

        return await _selection.ResolveAsync(isFresh, _snapshots, stop).ConfigureAwait(false);
    }

    public void Dispose() => _routes.Dispose();
}
