using System.Buffers.Binary;
using Ticklake.Columnar.Arrow.Flat;

namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>Reads the headers of batches where the footer says they lie.</summary>
sealed class MessageReader(Stream stream, ArrowReaderOptions options)
{
    const int PrefixLength = 8;

    public BatchHeader ReadRecordBatch(FileBlock block) =>
        BatchHeader.Read(ReadHeader(block, MessageKind.RecordBatch), block, options.MaxBatchRows);

    public DictionaryHeader ReadDictionary(FileBlock block)
    {
        var dictionary = ReadHeader(block, MessageKind.DictionaryBatch);
        var batch = BatchHeader.Read(dictionary.Table(1, "dictionary"), block, options.MaxBatchRows);
        return new DictionaryHeader(dictionary.Int64(0), dictionary.Bool(2), batch);
    }

    FlatTable ReadHeader(FileBlock block, MessageKind kind)
    {
        if (block.MetadataLength > options.MaxFooterBytes)
            throw new InvalidDataException($"its metadata claims {block.MetadataLength} bytes");
        var prefix = new byte[PrefixLength];
        stream.Position = block.Offset;
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(4));
        if (BinaryPrimitives.ReadInt32LittleEndian(prefix) != -1 || length < 0
            || length > block.MetadataLength - PrefixLength)
            throw new InvalidDataException("no message of Arrow 0.15 or later begins there");
        var metadata = new byte[length];
        stream.ReadExactly(metadata);
        var message = new FlatDocument(metadata).Root;
        if ((MessageKind)message.Byte(1) != kind || message.Int64(3) != block.BodyLength)
            throw new InvalidDataException($"the message there is no {kind} of {block.BodyLength} bytes");
        return message.Table(2, "header");
    }
}
