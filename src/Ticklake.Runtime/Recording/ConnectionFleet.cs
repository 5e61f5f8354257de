using Ticklake.Core.Markets;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// The connections of one market, as the wanted streams come and go. New streams go to connections of their own, or to one that
/// was opened for such and has room, which is then replaced, make before break; those planned at the start are never touched for
/// them. One task changes it; any thread may read <see cref="Keepers"/>.
/// </summary>
/// <param name="plan">Spreads streams over connections.</param>
/// <param name="create">Makes the keeper of one.</param>
/// <param name="mostPerConnection">Streams that a connection may carry.</param>
sealed class ConnectionFleet(
    Func<IReadOnlyList<StreamKey>, IReadOnlyList<SessionPlan>> plan,
    Func<SessionPlan, ConnectionKeeper> create,
    int mostPerConnection)
{
    readonly Lock _gate = new();
    readonly HashSet<StreamKey> _carried = [];
    readonly HashSet<ConnectionKeeper> _late = [];
    readonly List<Task> _runs = [];
    volatile IReadOnlyList<ConnectionKeeper> _keepers = [];
    int _lastOrdinal;

    public IReadOnlyList<ConnectionKeeper> Keepers => _keepers;

    /// <summary>Plans the first connections; they run from <see cref="Run"/> on.</summary>
    public void Prepare(IReadOnlyList<StreamKey> streams)
    {
        foreach (var part in plan(streams))
            Add(create(part with { Ordinal = ++_lastOrdinal }));
        _carried.UnionWith(streams);
    }

    /// <summary>The number of a connection that is kept elsewhere. Before the first is run.</summary>
    public int TakeOrdinal() => ++_lastOrdinal;

    public void Run(CancellationToken stop)
    {
        foreach (var keeper in _keepers)
            _runs.Add(RunAsync(keeper, stop));
    }

    /// <summary>Takes up what is wanted and not carried, gives up what is carried and no longer wanted; how many of both.</summary>
    /// <param name="wanted">Every wanted stream.</param>
    /// <param name="reason">Why a stream is given up.</param>
    /// <param name="stop">Ends the new connections.</param>
    public (int Added, int GivenUp) Change(IReadOnlyList<StreamKey> wanted, Func<StreamKey, string> reason, CancellationToken stop)
    {
        var added = wanted.Where(s => !_carried.Contains(s)).ToList();
        var gone = _carried.Except(wanted).ToList();
        foreach (var keeper in _keepers)
        {
            foreach (var group in gone.Intersect(keeper.Plan.Streams).GroupBy(reason))
                keeper.GiveUp([.. group], group.Key);
        }

        foreach (var part in plan(added))
            TakeUp(part, stop);
        _carried.UnionWith(added);
        _carried.ExceptWith(gone);
        return (added.Count, gone.Count);
    }

    /// <summary>Completes when every connection has ended; nothing may be added any more.</summary>
    public Task EndAsync() => Task.WhenAll(_runs);

    void TakeUp(SessionPlan part, CancellationToken stop)
    {
        if (_late.FirstOrDefault(k => HasRoom(k.Plan, part)) is { } late)
        {
            late.Extend(part);
            return;
        }

        var keeper = create(part with { Ordinal = ++_lastOrdinal });
        _late.Add(keeper);
        Add(keeper);
        _runs.Add(RunAsync(keeper, stop));
    }

    // The same but for its streams: door, address and whatever else a plan says.
    bool HasRoom(SessionPlan known, SessionPlan part) => known.Streams.Count > 0
        && known.Streams.Count + part.Streams.Count <= mostPerConnection
        && (known with { Streams = part.Streams, Derived = part.Derived, Ordinal = part.Ordinal }) == part;

    async Task RunAsync(ConnectionKeeper keeper, CancellationToken stop)
    {
        await keeper.RunAsync(stop).ConfigureAwait(false);
        if (!keeper.IsRetired)
            return;
        lock (_gate)
            _keepers = [.. _keepers.Where(k => k != keeper)];
    }

    void Add(ConnectionKeeper keeper)
    {
        lock (_gate)
            _keepers = [.. _keepers, keeper];
    }
}
