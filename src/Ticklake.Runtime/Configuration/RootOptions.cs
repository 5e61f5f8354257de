namespace Ticklake.Runtime.Configuration;

/// <summary>The settings at the top of the file, as written.</summary>
sealed record RootOptions
{
    public string Data { get; init; } = "./data";
}
