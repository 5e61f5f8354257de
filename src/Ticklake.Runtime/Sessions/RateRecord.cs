namespace Ticklake.Runtime.Sessions;

/// <summary>What a <see cref="RateBudget"/> knew at one moment.</summary>
/// <param name="Blocked">How long nothing was to be asked any more.</param>
/// <param name="Open">Weight in use: asked and not answered.</param>
/// <param name="Spent">What was spent, and how long ago.</param>
public sealed record RateRecord(TimeSpan Blocked, int Open, IReadOnlyList<(TimeSpan Age, int Weight)> Spent)
{
    public static RateRecord Nothing { get; } = new(TimeSpan.Zero, 0, []);
}
