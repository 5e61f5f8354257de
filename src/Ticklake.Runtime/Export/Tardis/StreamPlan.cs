using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>What is to be read of one stream, and the tables its rows go to.</summary>
sealed record StreamPlan(StreamKey Stream, ExportRequest Request, IReadOnlyList<TardisTable> Tables)
{
    public required IReadOnlyList<CatalogEntry> Segments { get; init; }

    public required StreamHoles Holes { get; init; }

    public void Tell(int segment) => Request.Progress?.Invoke($"{Stream}: segment {segment:N0} of {Segments.Count:N0}");
}
