namespace Ticklake.Simulator.Coinbase;

/// <summary>Requests that one address may still make: so many a second, and some saved up (coinbase.md section 6).</summary>
sealed class TokenBucket(int perSecond, int burst)
{
    double _tokens = burst;
    long _filledUs;

    public bool TryTake(long nowUs)
    {
        _tokens = Math.Min(burst, _tokens + ((nowUs - _filledUs) * perSecond / 1e6));
        _filledUs = nowUs;
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }
}
