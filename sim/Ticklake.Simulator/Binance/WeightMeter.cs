namespace Ticklake.Simulator.Binance;

/// <summary>
/// The REST weight used in the current UTC minute: 429 above the limit, 418 for those who do not stop (binance.md sections
/// A6 and B6).
/// </summary>
sealed class WeightMeter(int perMinute)
{
    const int RefusalsBeforeBan = 20;
    const long MinuteUs = 60_000_000;
    const long BanUs = 120_000_000;

    long _minute;
    int _refusals;
    long _bannedUntilUs;

    public int Used { get; private set; }

    /// <summary>Counts a request; the HTTP status and the seconds to wait, (0, 0) where it may pass.</summary>
    public (int Status, long RetryAfter) Take(int weight, long nowUs)
    {
        if (nowUs < _bannedUntilUs)
            return (418, Seconds(_bannedUntilUs - nowUs));
        if (_minute != nowUs / MinuteUs)
            (_minute, Used, _refusals) = (nowUs / MinuteUs, 0, 0);
        Used += weight;
        if (Used <= perMinute)
            return (0, 0);
        if (++_refusals <= RefusalsBeforeBan)
            return (429, Seconds(((_minute + 1) * MinuteUs) - nowUs));
        _bannedUntilUs = nowUs + BanUs;
        return (418, Seconds(BanUs));
    }

    static long Seconds(long us) => (us + 999_999) / 1_000_000;
}
