using System.Buffers.Binary;
using Ticklake.Columnar.Arrow.Batches;
using Ticklake.Columnar.Arrow.Flat;

namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>
/// Writes encapsulated messages and the footer (columnar format, "Encapsulated message format"). Bodies begin at
/// multiples of 64 of the file.
/// </summary>
sealed class MessageWriter(FileOutput output, FlatBuilder flat)
{
    /// <summary>MetadataVersion.V5 of Schema.fbs.</summary>
    public const short Version = 4;

    const byte ZstdCodec = 1;
    const int PrefixLength = 8;

    public void WriteSchema(IReadOnlyList<ColumnSchema> columns, IReadOnlyList<bool> isCoded)
    {
        var message = BeginMessage(MessageKind.Schema, 0);
        flat.Link(message, 2, SchemaWriter.Write(flat, columns, isCoded, []));
        WriteMessage([]);
    }

    public FileBlock WriteRecordBatch(BatchBody body, int rows)
    {
        var message = BeginMessage(MessageKind.RecordBatch, body.Bytes.Length);
        flat.Link(message, 2, WriteBatch(body, rows));
        return WriteMessage(body.Bytes);
    }

    public FileBlock WriteDictionaryBatch(BatchBody body, int entries, long id, bool isDelta)
    {
        var message = BeginMessage(MessageKind.DictionaryBatch, body.Bytes.Length);
        var dictionary = flat.Table(FlatField.Int64(0, id), FlatField.Reference(1), FlatField.Bool(2, isDelta));
        flat.Link(message, 2, dictionary);
        flat.Link(dictionary, 1, WriteBatch(body, entries));
        return WriteMessage(body.Bytes);
    }

    /// <summary>Writes the mark that ends the messages: a prefix without metadata.</summary>
    public void WriteEnd() => WritePrefix(0);

    /// <summary>Writes the footer without its length.</summary>
    public int WriteFooter(
        Func<FlatBuilder, int> schema, IReadOnlyList<FileBlock> dictionaries, IReadOnlyList<FileBlock> batches)
    {
        flat.Clear();
        var footer = flat.Table(
            FlatField.Int16(0, Version), FlatField.Reference(1), FlatField.Reference(2), FlatField.Reference(3));
        flat.Link(footer, 1, schema(flat));
        flat.Link(footer, 2, WriteBlocks(dictionaries));
        flat.Link(footer, 3, WriteBlocks(batches));
        var bytes = flat.Written;
        output.Write(bytes);
        return bytes.Length;
    }

    int BeginMessage(MessageKind kind, long bodyLength)
    {
        flat.Clear();
        return flat.Table(
            FlatField.Int64(3, bodyLength),
            FlatField.Reference(2),
            FlatField.Int16(0, Version),
            FlatField.Byte(1, (byte)kind));
    }

    int WriteBatch(BatchBody body, int rows)
    {
        FlatField[] fields = [FlatField.Int64(0, rows), FlatField.Reference(1), FlatField.Reference(2)];
        var batch = flat.Table(body.IsCompressed ? [.. fields, FlatField.Reference(3)] : fields);
        flat.Link(batch, 1, flat.Structs(body.Nodes.Count));
        foreach (var node in body.Nodes)
        {
            flat.Word(node.RowCount);
            flat.Word(node.NullCount);
        }

        flat.Link(batch, 2, flat.Structs(body.Buffers.Count));
        foreach (var buffer in body.Buffers)
        {
            flat.Word(buffer.Offset);
            flat.Word(buffer.Length);
        }

        if (body.IsCompressed)
            flat.Link(batch, 3, flat.Table(FlatField.Byte(0, ZstdCodec), FlatField.Byte(1, 0)));
        return batch;
    }

    int WriteBlocks(IReadOnlyList<FileBlock> blocks)
    {
        var vector = flat.Structs(blocks.Count);
        foreach (var block in blocks)
        {
            flat.Word(block.Offset);
            // An int and its padding.
            flat.Word(block.MetadataLength);
            flat.Word(block.BodyLength);
        }

        return vector;
    }

    FileBlock WriteMessage(ReadOnlySpan<byte> body)
    {
        var metadata = flat.Written;
        var start = output.Position;
        var padding = (int)(-(start + PrefixLength + metadata.Length) & (BatchBody.Alignment - 1));
        WritePrefix(metadata.Length + padding);
        output.Write(metadata);
        output.Write(BatchBody.Zeros[..padding]);
        output.Write(body);
        return new FileBlock(start, PrefixLength + metadata.Length + padding, body.Length);
    }

    void WritePrefix(int length)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, -1);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[4..], length);
        output.Write(prefix);
    }
}
