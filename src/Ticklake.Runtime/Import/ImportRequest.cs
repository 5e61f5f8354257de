using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Import;

/// <summary>What to import and where to.</summary>
public sealed record ImportRequest
{
    public required RecordingFormat Format { get; init; }

    public required MarketId Market { get; init; }

    /// <summary>The recording's files in order, plain or <c>.gz</c>; together they are one recording.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The folder that holds <c>journal/</c>.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Bitfinex conf flags in force from the first frame on, or null.</summary>
    public long? ConfFlags { get; init; }
}
