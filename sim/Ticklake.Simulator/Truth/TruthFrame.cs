namespace Ticklake.Simulator.Truth;

/// <summary>
/// One frame as handed to the socket, numbered from 1 in its connection: its exact text (base64 of a binary one), or its
/// SHA-1 in lower-case hex where only that is kept. Rows are those of <see cref="TruthStream"/>; trades are counted by id there.
/// </summary>
public sealed record TruthFrame(
    int Connection, long Ordinal, string? Stream, FrameKind Kind, int Length, int Rows, string? Text, string? Sha1);
