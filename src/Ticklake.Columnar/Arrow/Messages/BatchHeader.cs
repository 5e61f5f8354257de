using Ticklake.Columnar.Arrow.Flat;

namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>The header of a record or dictionary batch (Message.fbs, RecordBatch), checked against its body.</summary>
sealed class BatchHeader
{
    const byte ZstdCodec = 1;

    BatchHeader(FileBlock block, int rows, ColumnNode[] nodes, BufferPlace[] buffers, bool isCompressed)
    {
        Block = block;
        RowCount = rows;
        Nodes = nodes;
        Buffers = buffers;
        IsCompressed = isCompressed;
    }

    public FileBlock Block { get; }

    public int RowCount { get; }

    public IReadOnlyList<ColumnNode> Nodes { get; }

    public IReadOnlyList<BufferPlace> Buffers { get; }

    public bool IsCompressed { get; }

    public static BatchHeader Read(FlatTable batch, FileBlock block, int maxRows)
    {
        var rows = batch.Int64(0);
        if (rows < 0 || rows > maxRows)
            throw new InvalidDataException($"it claims {rows} rows; {maxRows} are allowed");
        return new BatchHeader(block, (int)rows, ReadNodes(batch), ReadBuffers(batch, block), ReadCodec(batch));
    }

    /// <summary>Refuses a batch that does not have one node and the right number of buffers for each field.</summary>
    public void Require(int columns, int buffers)
    {
        if (Nodes.Count != columns || Buffers.Count != buffers)
        {
            throw new InvalidDataException(
                $"it has {Nodes.Count} columns in {Buffers.Count} buffers; its schema wants {columns} in {buffers}");
        }
    }

    static ColumnNode[] ReadNodes(FlatTable batch)
    {
        var vector = batch.Vector(1, 16);
        var nodes = new ColumnNode[vector.Count];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = new ColumnNode(vector.Word(i * 16), vector.Word((i * 16) + 8));
        return nodes;
    }

    static BufferPlace[] ReadBuffers(FlatTable batch, FileBlock block)
    {
        var vector = batch.Vector(2, 16);
        var buffers = new BufferPlace[vector.Count];
        for (var i = 0; i < buffers.Length; i++)
        {
            var place = new BufferPlace(vector.Word(i * 16), vector.Word((i * 16) + 8));
            if (place.Offset < 0 || place.Length < 0 || place.Offset > block.BodyLength
                || place.Length > block.BodyLength - place.Offset)
                throw new InvalidDataException($"a buffer of {place.Length} bytes at {place.Offset} is outside its body");
            buffers[i] = place;
        }

        return buffers;
    }

    static bool ReadCodec(FlatTable batch)
    {
        if (!batch.Has(3))
            return false;
        var compression = batch.Table(3, "compression");
        return (compression.Byte(0), compression.Byte(1)) switch
        {
            (ZstdCodec, 0) => true,
            (0, 0) => throw new NotSupportedException("its buffers are compressed with lz4; read are zstd and none"),
            _ => throw new NotSupportedException("its buffers are compressed in a way that is not known"),
        };
    }
}
