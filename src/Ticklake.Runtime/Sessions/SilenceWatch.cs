using Microsoft.Extensions.Logging;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Finds the stream that has gone silent among others: much longer than it ever paused of late, while others deliver.
/// Declares it and its end, and says which to ask for again. Session thread only.
/// </summary>
/// <param name="board">The streams.</param>
/// <param name="limits">From how long on a silence is a fault.</param>
/// <param name="keepAliveOf">How often the exchange says that a stream has no news, or null.</param>
/// <param name="market">For the log.</param>
/// <param name="log">The log.</param>
sealed class SilenceWatch(
    StreamBoard board, SilenceLimits limits, Func<StreamKey, TimeSpan?> keepAliveOf, string market, ILogger log)
{
    /// <summary>Least time between two resubscriptions of one stream for its silence: a mistake must stay harmless.</summary>
    public static readonly TimeSpan RepairInterval = TimeSpan.FromMinutes(10);

    // Others deliver if one of them has within this.
    static readonly TimeSpan Lately = TimeSpan.FromSeconds(10);

    // The machine was suspended or its clock set: nobody was silent.
    static readonly TimeSpan MostBetweenLooks = TimeSpan.FromSeconds(5);

    // A sign of life that comes "about" so often is late by now, not merely due.
    const double KeepAlivesMissed = 1.5;

    readonly Dictionary<StreamKey, TimeSpan?> _limits = board.All.ToDictionary(
        watch => watch.Key, watch => LimitOf(limits.Of(watch.Key.Channel), keepAliveOf(watch.Key)));

    DateTimeOffset _lastLook;
    DateTimeOffset _since;

    /// <summary>Every stream whose rhythm is known is silent, and no other delivers: the whole connection may be.</summary>
    public bool IsAllSilent { get; private set; }

    /// <summary>A stream has delivered; tells of the end of its silence.</summary>
    public Occurrence? Delivered(StreamWatch watch, DateTimeOffset at)
    {
        if (watch.SilentSince is not { } since)
        {
            watch.Rhythm.Delivered(at);
            return null;
        }

        watch.SilentSince = null;
        // Data long after asking again was the market's own pause: the next one of its length is none of our business.
        if (watch.SilenceRepairedAt is { } repaired && repaired >= since && at - repaired < _limits[watch.Key])
            watch.Rhythm.Restart(at);
        else
            watch.Rhythm.Delivered(at);
        return Occurrence.Of("silence_ended", watch.Key, $"delivers again after {(at - since).TotalSeconds:F0} s");
    }

    /// <summary>Looks at all streams; returns those to ask for again.</summary>
    public IReadOnlyList<StreamWatch> Look(DateTimeOffset now, List<Occurrence> occurrences)
    {
        var step = now - _lastLook;
        if (step < TimeSpan.Zero || step > MostBetweenLooks)
            _since = now;
        _lastLook = now;
        List<StreamWatch>? silent = null;
        var (known, delivers) = (0, false);
        foreach (var watch in board.All)
        {
            if (watch.Stage != StreamStage.Live || watch.LastData is not { } last)
                continue;
            // A stream that says it has no news is not silent.
            if (watch.LastHeartbeat > last)
                last = watch.LastHeartbeat.Value;
            delivers |= now - last < Lately;
            if (watch.SilentSince is not null || _limits[watch.Key] is not { } least
                || watch.Rhythm.Patience(least) is not { } patience)
                continue;
            known++;
            if (now - Latest(last, watch.Since, _since) > patience)
                (silent ??= []).Add(watch);
        }

        IsAllSilent = !delivers && silent?.Count == known && known > 0;
        return delivers && silent is not null ? [.. silent.Where(w => Declare(w, now, occurrences))] : [];
    }

    /// <summary>Declares the silence; true when the stream may be asked for again.</summary>
    bool Declare(StreamWatch watch, DateTimeOffset now, List<Occurrence> occurrences)
    {
        var seconds = (int)(now - watch.LastData!.Value).TotalSeconds;
        watch.SilentSince = watch.LastData;
        occurrences.Add(Occurrence.Of("silence", watch.Key, $"silent for {seconds} s while others deliver"));
        LogMessages.StreamFellSilent(log, market, watch.Key.ToString(), seconds);
        if (now < watch.NotBefore || now - watch.SilenceRepairedAt < RepairInterval)
            return false;
        watch.SilenceRepairedAt = now;
        watch.Resubscriptions++;
        return true;
    }

    static TimeSpan? LimitOf(TimeSpan? limit, TimeSpan? keepAlive) =>
        limit < keepAlive * KeepAlivesMissed ? keepAlive * KeepAlivesMissed : limit;

    static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b, DateTimeOffset c) =>
        a > b ? (a > c ? a : c) : b > c ? b : c;
}
