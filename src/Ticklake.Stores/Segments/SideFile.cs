namespace Ticklake.Stores.Segments;

/// <summary>A file that lies beside a segment's own and came with it.</summary>
/// <param name="Name">In the manifest's folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of the whole file, lower-case hexadecimal.</param>
public sealed record SideFile(string Name, long Bytes, string Sha256);
