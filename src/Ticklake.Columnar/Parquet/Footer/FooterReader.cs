using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>
/// Reads <c>FileMetaData</c> and refuses what does not fit together; field numbers are those of parquet.thrift.
/// </summary>
static class FooterReader
{
    public static FileFooter Read(ReadOnlySpan<byte> bytes)
    {
        var thrift = new CompactReader(bytes);
        var schema = new FileSchema([], [], 0);
        var rowGroups = new List<RowGroupRecord>();
        var metadata = new List<KeyValuePair<string, string>>();
        var createdBy = "";
        var rows = -1L;
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 2:
                    schema = SchemaReader.Read(ref thrift, type);
                    break;
                case 3:
                    rows = thrift.ReadInt64(type);
                    break;
                case 4:
                    for (var left = thrift.ReadList(type, CompactType.Struct); left > 0; left--)
                        rowGroups.Add(ReadRowGroup(ref thrift));
                    break;
                case 5:
                    for (var left = thrift.ReadList(type, CompactType.Struct); left > 0; left--)
                        metadata.Add(ReadPair(ref thrift));
                    break;
                case 6:
                    createdBy = thrift.ReadText(type);
                    break;
                case 8:
                    throw new NotSupportedException("The Parquet file is encrypted.");
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        Check(schema, rowGroups, rows);
        return new FileFooter(schema, rowGroups, metadata, createdBy, rows);
    }

    // Leaves each row group the chunks of the columns that are read, in their order.
    static void Check(FileSchema schema, List<RowGroupRecord> rowGroups, long rows)
    {
        if (schema.Leaves == 0)
            throw new InvalidDataException("The Parquet footer has no columns.");
        var sum = 0L;
        for (var i = 0; i < rowGroups.Count; i++)
        {
            var group = rowGroups[i];
            if (group.Columns.Count != schema.Leaves || group.RowCount < 0 || group.RowCount > rows - sum)
                throw new InvalidDataException($"The Parquet footer contradicts itself in row group {i}.");
            sum += group.RowCount;
            rowGroups[i] = group with { Columns = [.. schema.Columns.Select(x => ChunkOf(x, group, i))] };
        }

        if (sum != rows)
            throw new InvalidDataException($"The Parquet footer claims {rows} rows; its row groups have {sum}.");
    }

    static ColumnChunkRecord ChunkOf(StoredColumn column, RowGroupRecord group, int ordinal) =>
        group.Columns[column.Leaf] is var chunk && chunk.Type == column.Type
            ? chunk
            : throw new InvalidDataException($"Row group {ordinal} has column {column.Column.Name} in another type.");

    /// <summary>A KeyValue.</summary>
    public static KeyValuePair<string, string> ReadPair(ref CompactReader thrift)
    {
        var key = "";
        var value = "";
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
                key = thrift.ReadText(type);
            else if (field == 2)
                value = thrift.ReadText(type);
            else
                thrift.Skip(type);
        }

        return new KeyValuePair<string, string>(key, value);
    }

    static RowGroupRecord ReadRowGroup(ref CompactReader thrift)
    {
        var columns = new List<ColumnChunkRecord>();
        var rows = -1L;
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
            {
                for (var left = thrift.ReadList(type, CompactType.Struct); left > 0; left--)
                    columns.Add(ReadChunk(ref thrift));
            }
            else if (field == 3)
            {
                rows = thrift.ReadInt64(type);
            }
            else
            {
                thrift.Skip(type);
            }
        }

        return new RowGroupRecord(rows, columns);
    }

    static ColumnChunkRecord ReadChunk(ref CompactReader thrift)
    {
        ColumnChunkRecord? chunk = null;
        long columnIndex = 0, offsetIndex = 0;
        int columnIndexLength = 0, offsetIndexLength = 0;
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    throw new NotSupportedException("The Parquet file keeps column chunks in other files.");
                case 3:
                    thrift.ExpectStruct(type);
                    chunk = ReadColumnMetadata(ref thrift);
                    break;
                case 4:
                    offsetIndex = thrift.ReadInt64(type);
                    break;
                case 5:
                    offsetIndexLength = thrift.ReadInt32(type);
                    break;
                case 6:
                    columnIndex = thrift.ReadInt64(type);
                    break;
                case 7:
                    columnIndexLength = thrift.ReadInt32(type);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        if (chunk is null)
            throw new InvalidDataException("A column chunk of the Parquet footer has no metadata.");
        chunk.ColumnIndex = new IndexPlace(columnIndex, columnIndexLength);
        chunk.OffsetIndex = new IndexPlace(offsetIndex, offsetIndexLength);
        return chunk;
    }

    static ColumnChunkRecord ReadColumnMetadata(ref CompactReader thrift)
    {
        int physical = -1, codec = -1;
        long values = -1, uncompressed = 0, compressed = -1, dataPage = -1;
        long? dictionaryPage = null;
        var statistics = default(ChunkStatistics);
        var pages = new List<PageCount>();
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    physical = thrift.ReadInt32(type);
                    break;
                case 4:
                    codec = thrift.ReadInt32(type);
                    break;
                case 5:
                    values = thrift.ReadInt64(type);
                    break;
                case 6:
                    uncompressed = thrift.ReadInt64(type);
                    break;
                case 7:
                    compressed = thrift.ReadInt64(type);
                    break;
                case 9:
                    dataPage = thrift.ReadInt64(type);
                    break;
                case 11:
                    dictionaryPage = thrift.ReadInt64(type);
                    break;
                case 12:
                    thrift.ExpectStruct(type);
                    statistics = ReadStatistics(ref thrift);
                    break;
                case 13:
                    for (var left = thrift.ReadList(type, CompactType.Struct); left > 0; left--)
                        pages.Add(ReadPageCount(ref thrift));
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        if (physical < 0 || codec < 0 || compressed < 0 || dataPage < 0)
            throw new InvalidDataException("A column chunk of the footer lacks its type, codec, size or place.");
        return new ColumnChunkRecord
        {
            Type = (PhysicalType)physical,
            Codec = (PageCodec)codec,
            ValueCount = values,
            UncompressedBytes = uncompressed,
            CompressedBytes = compressed,
            DataPageOffset = dataPage,
            DictionaryPageOffset = dictionaryPage,
            Statistics = statistics,
            PageCounts = pages,
        };
    }

    static PageCount ReadPageCount(ref CompactReader thrift)
    {
        int page = -1, encoding = -1, count = 0;
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
                page = thrift.ReadInt32(type);
            else if (field == 2)
                encoding = thrift.ReadInt32(type);
            else if (field == 3)
                count = thrift.ReadInt32(type);
            else
                thrift.Skip(type);
        }

        return new PageCount((PageType)page, (PageEncoding)encoding, count);
    }

    // Fields 1 and 2 are older bounds of an undefined order, so only 5 and 6 are looked at.
    static ChunkStatistics ReadStatistics(ref CompactReader thrift)
    {
        var statistics = new ChunkStatistics(null, null, null);
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 3:
                    statistics = statistics with { NullCount = thrift.ReadInt64(type) };
                    break;
                case 5:
                    statistics = statistics with { Max = thrift.ReadBinary(type).ToArray() };
                    break;
                case 6:
                    statistics = statistics with { Min = thrift.ReadBinary(type).ToArray() };
                    break;
                case 7:
                    statistics = statistics with { IsMaxExact = thrift.ReadBool(type) };
                    break;
                case 8:
                    statistics = statistics with { IsMinExact = thrift.ReadBool(type) };
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return statistics;
    }
}
