using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// From how long on a live stream's silence is a fault, by channel. Channels that are not listed are not watched: trades and
/// candles of a quiet market pause for hours.
/// </summary>
public sealed class SilenceLimits(IReadOnlyDictionary<Channel, TimeSpan> limits)
{
    static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    /// <summary>The channels that tick by nature.</summary>
    public static SilenceLimits Default { get; } = new(new Dictionary<Channel, TimeSpan>
    {
        [Channel.Ticker] = Usual,
        [Channel.BookTicker] = Usual,
        [Channel.Books] = Usual,
        [Channel.RawBooks] = Usual,
        [Channel.DepthSnapshots] = Usual,
    });

    /// <summary>The watched channels.</summary>
    public IReadOnlyDictionary<Channel, TimeSpan> All => limits;

    /// <summary>The channel's limit, or null where it is not watched.</summary>
    public TimeSpan? Of(Channel channel) => limits.TryGetValue(channel, out var limit) ? limit : null;

    /// <summary>The same but for one channel; null ends its watch.</summary>
    public SilenceLimits With(Channel channel, TimeSpan? limit)
    {
        var changed = new Dictionary<Channel, TimeSpan>(limits);
        changed.Remove(channel);
        if (limit is { } known)
            changed.Add(channel, known);
        return new SilenceLimits(changed);
    }
}
