using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Configuration;

/// <summary>How journals are written and how long they are kept (<c>journal:</c>).</summary>
public sealed record JournalSettings
{
    public JournalOptions Files { get; init; } = new();

    /// <summary>Null keeps journals for ever.</summary>
    public TimeSpan? Retention { get; init; }
}
