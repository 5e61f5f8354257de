namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>
/// Where a message lies in its file: its metadata with prefix and padding, then its body (File.fbs, Block).
/// </summary>
readonly record struct FileBlock(long Offset, int MetadataLength, long BodyLength)
{
    /// <summary>The size of the struct in the footer.</summary>
    public const int Size = 24;

    public long BodyOffset => Offset + MetadataLength;
}
