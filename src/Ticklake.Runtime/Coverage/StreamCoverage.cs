using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Coverage;

/// <summary>The ledger of one stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Hours">From the first hour that anything is known of to the last, without a break.</param>
/// <param name="Holes">In order, not cut at hours.</param>
public sealed record StreamCoverage(StreamKey Stream, IReadOnlyList<CoverageHour> Hours, IReadOnlyList<CoverageHole> Holes);
