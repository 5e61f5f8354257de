namespace Ticklake.Simulator.Truth;

/// <summary>
/// What an armed fault (by its ordinal) did on a connection (0 = REST), and the ordinal of the first frame at which a
/// client could know it, 0 where no frame shows it. The detail is the frame that was hurt, or what was answered.
/// </summary>
public sealed record TruthFault(
    int Fault, string Kind, string? Stream, int Connection, long VisibleFrame, string Detail);
