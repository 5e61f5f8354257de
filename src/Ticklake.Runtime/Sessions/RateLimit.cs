using Ticklake.Exchanges;

namespace Ticklake.Runtime.Sessions;

/// <summary>What a <see cref="RateBudget"/> gives out.</summary>
/// <param name="Most">Weight in any <paramref name="Window"/>.</param>
/// <param name="Window">The stretch of time that is counted.</param>
/// <param name="Spacing">Least time between two shares.</param>
/// <param name="AtOnce">Shares that may be in use at the same time.</param>
public sealed record RateLimit(int Most, TimeSpan Window, TimeSpan Spacing = default, int AtOnce = int.MaxValue)
{
    // Other programs may share the address.
    const double UsableShare = 0.9;

    // Enough to spend any of the limits, and few enough that a refusal finds little more on its way.
    const int RequestsAtOnce = 8;

    public static RateLimit Of(RestLimit rest) =>
        new(Math.Max(1, (int)(rest.Weight * UsableShare)), rest.Window, rest.Spacing, RequestsAtOnce);

    public static RateLimit OfConnects(ExchangeLimits limits) => new(limits.ConnectsPerWindow, limits.ConnectWindow);
}
