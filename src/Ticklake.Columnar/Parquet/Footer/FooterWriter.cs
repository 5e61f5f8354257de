using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>Writes <c>FileMetaData</c>; field numbers are those of parquet.thrift.</summary>
sealed class FooterWriter(CompactWriter thrift, IReadOnlyList<ColumnSchema> schema, ParquetWriterOptions options)
{
    public void Write(IReadOnlyList<RowGroupRecord> rowGroups, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        thrift.BeginStruct();
        thrift.Int32(1, 2);
        thrift.BeginList(2, CompactType.Struct, schema.Count + 1);
        WriteRoot();
        foreach (var column in schema)
            WriteSchemaElement(column);
        thrift.Int64(3, rowGroups.Sum(group => group.RowCount));
        thrift.BeginList(4, CompactType.Struct, rowGroups.Count);
        for (var i = 0; i < rowGroups.Count; i++)
            WriteRowGroup(rowGroups[i], i);
        WriteMetadata(metadata);
        thrift.Text(6, options.CreatedBy);
        thrift.BeginList(7, CompactType.Struct, schema.Count);
        foreach (var _ in schema)
        {
            // Without a column order readers must not trust min and max; TYPE_ORDER is the only one there is.
            thrift.BeginStruct();
            thrift.EmptyStruct(1);
            thrift.EndStruct();
        }

        thrift.EndStruct();
    }

    void WriteRoot()
    {
        thrift.BeginStruct();
        thrift.Text(4, "schema");
        thrift.Int32(5, schema.Count);
        thrift.EndStruct();
    }

    void WriteSchemaElement(ColumnSchema column)
    {
        const int Utf8ConvertedType = 0;
        const int TimestampMicrosConvertedType = 10;
        thrift.BeginStruct();
        thrift.Int32(1, (int)ColumnTypes.PhysicalOf(column.Kind));
        if (column.Kind == ColumnKind.Decimal)
            thrift.Int32(2, ColumnTypes.DecimalBytes);
        thrift.Int32(3, column.IsNullable ? 1 : 0);
        thrift.Text(4, column.Name);
        if (column.Kind == ColumnKind.Utf8)
        {
            thrift.Int32(6, Utf8ConvertedType);
            thrift.BeginStruct(10);
            thrift.EmptyStruct(1);
            thrift.EndStruct();
        }
        else if (column.Kind == ColumnKind.TimestampMicros)
        {
            thrift.Int32(6, TimestampMicrosConvertedType);
            WriteTimestampType();
        }
        else if (column.Kind == ColumnKind.Decimal)
        {
            WriteDecimalType();
        }

        thrift.EndStruct();
    }

    void WriteDecimalType()
    {
        const int DecimalConvertedType = 5;
        thrift.Int32(6, DecimalConvertedType);
        thrift.Int32(7, ColumnTypes.DecimalScale);
        thrift.Int32(8, ColumnTypes.DecimalPrecision);
        thrift.BeginStruct(10);
        thrift.BeginStruct(5);
        thrift.Int32(1, ColumnTypes.DecimalScale);
        thrift.Int32(2, ColumnTypes.DecimalPrecision);
        thrift.EndStruct();
        thrift.EndStruct();
    }

    void WriteTimestampType()
    {
        thrift.BeginStruct(10);
        thrift.BeginStruct(8);
        thrift.Bool(1, true);
        thrift.BeginStruct(2);
        thrift.EmptyStruct(2);
        thrift.EndStruct();
        thrift.EndStruct();
        thrift.EndStruct();
    }

    void WriteMetadata(IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        if (metadata.Count == 0)
            return;
        thrift.BeginList(5, CompactType.Struct, metadata.Count);
        foreach (var (key, value) in metadata)
        {
            thrift.BeginStruct();
            thrift.Text(1, key);
            thrift.Text(2, value);
            thrift.EndStruct();
        }
    }

    void WriteRowGroup(RowGroupRecord group, int ordinal)
    {
        thrift.BeginStruct();
        thrift.BeginList(1, CompactType.Struct, group.Columns.Count);
        for (var i = 0; i < group.Columns.Count; i++)
            WriteColumnChunk(group.Columns[i], schema[i].Name);
        thrift.Int64(2, group.Columns.Sum(column => column.UncompressedBytes));
        thrift.Int64(3, group.RowCount);
        WriteSortingColumns();
        thrift.Int64(5, group.Columns.Count > 0 ? group.Columns[0].FirstOffset : 0);
        thrift.Int64(6, group.Columns.Sum(column => column.CompressedBytes));
        if (ordinal <= short.MaxValue)
            thrift.Int16(7, (short)ordinal);
        thrift.EndStruct();
    }

    void WriteSortingColumns()
    {
        if (options.SortingColumns.Count == 0)
            return;
        thrift.BeginList(4, CompactType.Struct, options.SortingColumns.Count);
        foreach (var name in options.SortingColumns)
        {
            thrift.BeginStruct();
            thrift.Int32(1, IndexOf(name));
            thrift.Bool(2, false);
            thrift.Bool(3, false);
            thrift.EndStruct();
        }
    }

    int IndexOf(string name)
    {
        for (var i = 0; i < schema.Count; i++)
        {
            if (schema[i].Name == name)
                return i;
        }

        throw new InvalidOperationException($"Sorting column {name} is not in the schema.");
    }

    void WriteColumnChunk(ColumnChunkRecord chunk, string name)
    {
        thrift.BeginStruct();
        thrift.Int64(2, 0);
        thrift.BeginStruct(3);
        WriteColumnMetadata(chunk, name);
        thrift.EndStruct();
        WritePlace(4, 5, chunk.OffsetIndex);
        WritePlace(6, 7, chunk.ColumnIndex);
        thrift.EndStruct();
    }

    void WriteColumnMetadata(ColumnChunkRecord chunk, string name)
    {
        thrift.Int32(1, (int)chunk.Type);
        WriteEncodings(chunk);
        thrift.BeginList(3, CompactType.Binary, 1);
        thrift.TextElement(name);
        thrift.Int32(4, (int)chunk.Codec);
        thrift.Int64(5, chunk.ValueCount);
        thrift.Int64(6, chunk.UncompressedBytes);
        thrift.Int64(7, chunk.CompressedBytes);
        thrift.Int64(9, chunk.DataPageOffset);
        if (chunk.DictionaryPageOffset is { } offset)
            thrift.Int64(11, offset);
        thrift.BeginStruct(12);
        WriteStatistics(chunk.Statistics);
        thrift.EndStruct();
        WriteEncodingCounts(chunk);
    }

    void WriteEncodings(ColumnChunkRecord chunk)
    {
        Span<PageEncoding> encodings = stackalloc PageEncoding[3];
        var count = 0;
        if (chunk.DictionaryPageOffset is not null || chunk.DataEncoding == PageEncoding.Plain)
            encodings[count++] = PageEncoding.Plain;
        encodings[count++] = PageEncoding.Rle;
        if (chunk.DataEncoding is not (PageEncoding.Plain or PageEncoding.Rle))
            encodings[count++] = chunk.DataEncoding;
        thrift.BeginList(2, CompactType.Int32, count);
        foreach (var encoding in encodings[..count])
            thrift.IntElement((int)encoding);
    }

    void WriteEncodingCounts(ColumnChunkRecord chunk)
    {
        var hasDictionary = chunk.DictionaryPageOffset is not null;
        thrift.BeginList(13, CompactType.Struct, hasDictionary ? 2 : 1);
        if (hasDictionary)
            WriteEncodingCount(PageType.Dictionary, PageEncoding.Plain, 1);
        WriteEncodingCount(PageType.DataV2, chunk.DataEncoding, chunk.DataPages);
    }

    void WriteEncodingCount(PageType page, PageEncoding encoding, int count)
    {
        thrift.BeginStruct();
        thrift.Int32(1, (int)page);
        thrift.Int32(2, (int)encoding);
        thrift.Int32(3, count);
        thrift.EndStruct();
    }

    void WriteStatistics(in ChunkStatistics statistics)
    {
        if (statistics.NullCount is { } nulls)
            thrift.Int64(3, nulls);
        if (statistics.Max is { } max)
            thrift.Binary(5, max);
        if (statistics.Min is { } min)
            thrift.Binary(6, min);
        if (statistics.Max is not null)
            thrift.Bool(7, statistics.IsMaxExact);
        if (statistics.Min is not null)
            thrift.Bool(8, statistics.IsMinExact);
    }

    void WritePlace(short offsetField, short lengthField, IndexPlace place)
    {
        if (place.Length == 0)
            return;
        thrift.Int64(offsetField, place.Offset);
        thrift.Int32(lengthField, place.Length);
    }
}
