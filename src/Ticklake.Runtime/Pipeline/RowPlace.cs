using Ticklake.Core.Time;

namespace Ticklake.Runtime.Pipeline;

/// <summary>Where a row comes from: the frame's receive time, its journal line, and the row's ordinal within the frame.</summary>
public readonly record struct RowPlace(TimestampNs Time, long LineNumber, int Ordinal);
