namespace Ticklake.Simulator.Mexc;

/// <summary>
/// What an address has asked for: 300 weight in ten seconds, and a firewall in front that cuts a burst of some 120 requests
/// for ninety seconds (mexc.md section 6).
/// </summary>
sealed class RequestMeter
{
    const int Weight = 300;
    const int Burst = 120;
    const long WindowUs = 10_000_000;
    const long BurstWindowUs = 4_000_000;
    const long CutUs = 90_000_000;

    readonly Queue<(long AtUs, int Weight)> _asked = new();
    long _cutUntilUs;

    /// <summary>Counts a request; 0, 429 or 403.</summary>
    public int Take(int weight, long nowUs)
    {
        if (nowUs < _cutUntilUs)
            return 403;
        while (_asked.TryPeek(out var first) && first.AtUs <= nowUs - WindowUs)
            _asked.Dequeue();
        _asked.Enqueue((nowUs, weight));
        if (_asked.Count(a => a.AtUs > nowUs - BurstWindowUs) > Burst)
        {
            _cutUntilUs = nowUs + CutUs;
            return 403;
        }

        return _asked.Sum(a => a.Weight) > Weight ? 429 : 0;
    }
}
