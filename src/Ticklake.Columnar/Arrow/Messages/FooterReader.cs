using Ticklake.Columnar.Arrow.Flat;

namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>Reads the table Footer of File.fbs and refuses places that do not lie before it.</summary>
static class FooterReader
{
    const short OldestVersion = 3;

    /// <param name="bytes">The footer.</param>
    /// <param name="end">Where it begins in the file.</param>
    public static FileFooter Read(byte[] bytes, long end)
    {
        try
        {
            var footer = new FlatDocument(bytes).Root;
            // V4 and V5 differ in unions only (Schema.fbs, MetadataVersion).
            var version = footer.Int16(0);
            if (version is < OldestVersion or > MessageWriter.Version)
                throw new NotSupportedException($"The Arrow file is of metadata version {version + 1}; 4 and 5 are read.");
            var room = end;
            return new FileFooter(
                SchemaReader.Read(footer.Table(1, "schema")),
                ReadBlocks(footer.Vector(2, FileBlock.Size), end, ref room),
                ReadBlocks(footer.Vector(3, FileBlock.Size), end, ref room));
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith("The Arrow", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The Arrow footer is damaged: {e.Message}.", e);
        }
    }

    static List<FileBlock> ReadBlocks(FlatVector vector, long end, ref long room)
    {
        var blocks = new List<FileBlock>();
        for (var i = 0; i < vector.Count; i++)
        {
            var at = i * FileBlock.Size;
            var block = new FileBlock(vector.Word(at), vector.HalfWord(at + 8), vector.Word(at + 16));
            if (block.Offset < 8 || block.MetadataLength < 8 || block.BodyLength < 0 || block.Offset > end
                || block.BodyLength > end || block.BodyOffset > end - block.BodyLength)
                throw new InvalidDataException($"a batch of {block.BodyLength} bytes would lie at {block.Offset}");
            // Batches do not overlap, so a file cannot claim more of them than it has bytes to read.
            room -= block.MetadataLength + block.BodyLength;
            if (room < 0)
                throw new InvalidDataException("its batches overlap");
            blocks.Add(block);
        }

        return blocks;
    }
}
