using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Export;

/// <summary>What of a lake is exported, and where to.</summary>
public sealed record ExportRequest
{
    public required string DataDirectory { get; init; }

    /// <summary>The folder the files are written into; it is made where it is missing.</summary>
    public required string Output { get; init; }

    /// <summary>Only this exchange, or null.</summary>
    public string? Exchange { get; init; }

    /// <summary>Only this market, or null.</summary>
    public string? Market { get; init; }

    /// <summary>Only these symbols, as the exchange writes them; none for all.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Only what was received at or after this time, microseconds.</summary>
    public long FromUs { get; init; } = long.MinValue;

    /// <summary>Only what was received before this time, microseconds.</summary>
    public long ToUs { get; init; } = long.MaxValue;

    /// <summary>Kinds of file, as the format names them; none for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Files that are there already are replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Is told in words how far the export is.</summary>
    public Action<string>? Progress { get; init; }

    public bool Includes(MarketId market) =>
        (Exchange ?? market.Exchange) == market.Exchange && (Market ?? market.Market) == market.Market;

    public bool Includes(string symbol) => Symbols.Count == 0 || Symbols.Contains(symbol);

    public bool Includes(long us) => us >= FromUs && us < ToUs;
}
