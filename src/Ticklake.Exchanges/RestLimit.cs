namespace Ticklake.Exchanges;

/// <summary>How much one address may ask of an exchange's REST interface.</summary>
/// <param name="Weight">What may be used in any <paramref name="Window"/>; where requests are counted, each weighs 1.</param>
/// <param name="Window">The stretch of time that is counted.</param>
/// <param name="Spacing">Least time between two requests, where something in front of the exchange counts faster.</param>
public sealed record RestLimit(int Weight, TimeSpan Window, TimeSpan Spacing = default)
{
    /// <summary>Markets of one exchange that name the same pool are counted together: all of them, unless they say otherwise.</summary>
    public string Pool { get; init; } = "";

    /// <summary>How long nothing is asked after a 429 that does not say.</summary>
    public TimeSpan RefusalBlock { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long nothing is asked after a 403: a firewall counts requests of its own accord and says for how long to nobody.
    /// </summary>
    public TimeSpan FirewallBlock { get; init; } = TimeSpan.FromSeconds(90);
}
