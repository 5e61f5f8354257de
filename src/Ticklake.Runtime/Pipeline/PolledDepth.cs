using System.Globalization;
using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Pipeline;

/// <summary>A stream of order books that are asked for by REST at an interval.</summary>
/// <param name="Key">The stream its rows belong to.</param>
/// <param name="Levels">Levels a side that are asked for.</param>
/// <param name="Every">Time between two requests.</param>
public sealed record PolledDepth(StreamKey Key, int Levels, TimeSpan Every)
{
    const string Mark = "rest_";

    /// <summary>By how much of <see cref="Every"/> a request may be early or late, so that many recorders do not ask at once.</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>After this long without an answer one is missing.</summary>
    public TimeSpan Patience => (Every * 1.5) + TimeSpan.FromMilliseconds(250);

    public static PolledDepth Of(MarketId market, string symbol, int levels, TimeSpan every) => new(
        new StreamKey(
            market, Channel.DepthSnapshots, symbol, string.Create(CultureInfo.InvariantCulture, $"{Mark}{levels}")),
        levels,
        every);

    /// <summary>Whether a stream of this name is asked for by REST.</summary>
    public static bool IsPolled(StreamKey key) =>
        key.Channel == Channel.DepthSnapshots && key.Variant.StartsWith(Mark, StringComparison.Ordinal);
}
