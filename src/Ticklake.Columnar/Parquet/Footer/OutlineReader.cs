using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>
/// Reads <c>FileMetaData</c> for people: nothing is refused for its kind; field numbers are those of parquet.thrift.
/// </summary>
static class OutlineReader
{
    static readonly string[] Codecs = ["UNCOMPRESSED", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4_RAW"];

    static readonly string[] Encodings =
    [
        "PLAIN", "GROUP_VAR_INT", "PLAIN_DICTIONARY", "RLE", "BIT_PACKED", "DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY",
        "DELTA_BYTE_ARRAY", "RLE_DICTIONARY", "BYTE_STREAM_SPLIT",
    ];

    public static ParquetOutline Read(ReadOnlySpan<byte> footer)
    {
        var thrift = new CompactReader(footer);
        var outline = new ParquetOutline();
        var groups = new List<ParquetOutlineGroup>();
        var metadata = new List<KeyValuePair<string, string>>();
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    outline = outline with { Version = thrift.ReadInt32(type) };
                    break;
                case 2:
                    outline = outline with { Columns = OutlineSchema.Read(ref thrift, type) };
                    break;
                case 3:
                    outline = outline with { Rows = thrift.ReadInt64(type) };
                    break;
                case 4:
                    for (var left = thrift.ReadList(type, CompactType.Struct); left > 0; left--)
                        groups.Add(ReadGroup(ref thrift));
                    break;
                case 5:
                    for (var left = thrift.ReadList(type, CompactType.Struct); left > 0; left--)
                        metadata.Add(FooterReader.ReadPair(ref thrift));
                    break;
                case 6:
                    outline = outline with { CreatedBy = thrift.ReadText(type) };
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        if (groups.Exists(g => g.Columns.Count != outline.Columns.Count))
            throw new InvalidDataException("A row group of the Parquet footer has other columns than the schema.");
        return outline with { RowGroups = groups, Metadata = metadata };
    }

    static ParquetOutlineGroup ReadGroup(ref CompactReader thrift)
    {
        var columns = new List<ParquetOutlineChunk>();
        var rows = 0L;
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
            {
                for (var left = thrift.ReadList(type, CompactType.Struct); left > 0; left--)
                    columns.Add(ReadChunk(ref thrift));
            }
            else if (field == 3)
                rows = thrift.ReadInt64(type);
            else
                thrift.Skip(type);
        }

        return new ParquetOutlineGroup(rows, columns);
    }

    static ParquetOutlineChunk ReadChunk(ref CompactReader thrift)
    {
        var chunk = new ParquetOutlineChunk();
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field != 3)
            {
                thrift.Skip(type);
                continue;
            }

            thrift.ExpectStruct(type);
            chunk = ReadMetadata(ref thrift);
        }

        return chunk;
    }

    static ParquetOutlineChunk ReadMetadata(ref CompactReader thrift)
    {
        var chunk = new ParquetOutlineChunk();
        var encodings = new List<string>();
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 2:
                    for (var left = thrift.ReadList(type, CompactType.Int32); left > 0; left--)
                        encodings.Add(Name(Encodings, thrift.ReadInt32(CompactType.Int32)));
                    break;
                case 4:
                    chunk = chunk with { Codec = Name(Codecs, thrift.ReadInt32(type)) };
                    break;
                case 5:
                    chunk = chunk with { Values = thrift.ReadInt64(type) };
                    break;
                case 6:
                    chunk = chunk with { UncompressedBytes = thrift.ReadInt64(type) };
                    break;
                case 7:
                    chunk = chunk with { CompressedBytes = thrift.ReadInt64(type) };
                    break;
                case 12:
                    thrift.ExpectStruct(type);
                    chunk = chunk with { Nulls = ReadNulls(ref thrift) };
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return chunk with { Encodings = encodings };
    }

    static long? ReadNulls(ref CompactReader thrift)
    {
        long? nulls = null;
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 3)
                nulls = thrift.ReadInt64(type);
            else
                thrift.Skip(type);
        }

        return nulls;
    }

    static string Name(string[] names, int number) =>
        number >= 0 && number < names.Length ? names[number] : $"number {number}";
}
