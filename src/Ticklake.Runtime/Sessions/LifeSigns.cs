using Ticklake.Exchanges;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Whether a connection lives: when something last came, when to send a probe, and when its answer is overdue. Session
/// thread only.
/// </summary>
sealed class LifeSigns(TimeSpan patience, LifeProbe? probe)
{
    bool _isFresh;
    DateTimeOffset _lastFrame;
    DateTimeOffset _lastProbe;
    DateTimeOffset? _unanswered;

    public void Opened(DateTimeOffset now) => _lastFrame = _lastProbe = now;

    /// <summary>A frame came; its time is that of the next tick, to be cheap.</summary>
    public void Received() => _isFresh = true;

    /// <summary>The probe to send now, or null.</summary>
    public byte[]? Tick(DateTimeOffset now)
    {
        if (_isFresh)
            (_lastFrame, _unanswered) = (now, null);
        _isFresh = false;
        // A clock that was set back must not keep a probe for as long.
        if (now < _lastFrame || now < _lastProbe)
            Opened(now);
        if (probe is null)
            return null;
        var since = probe.IsOnlyForSilence && _lastFrame > _lastProbe ? _lastFrame : _lastProbe;
        if (now - since < probe.Period)
            return null;
        _lastProbe = now;
        _unanswered ??= now;
        return probe.Frame(now);
    }

    /// <summary>
    /// How long nothing came, if that is too long. Where the exchange answers probes one must have gone unanswered: the
    /// silence alone may be the market's.
    /// </summary>
    public TimeSpan? FatalSilence(DateTimeOffset now)
    {
        var silence = now - _lastFrame;
        if (silence <= patience)
            return null;
        return probe is null || now - _unanswered >= patience - probe.Period ? silence : null;
    }
}
