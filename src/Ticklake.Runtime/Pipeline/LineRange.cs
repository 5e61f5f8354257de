namespace Ticklake.Runtime.Pipeline;

/// <summary>Journal lines from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public readonly record struct LineRange(long First, long Last);
