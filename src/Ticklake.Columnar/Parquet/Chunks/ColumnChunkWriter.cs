using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Writes column chunks of every kind, with memory that is kept from one to the next.</summary>
sealed class ColumnChunkWriter
{
    readonly RunChunk _runs;
    readonly NumberChunk<int> _int32;
    readonly NumberChunk<long> _int64;
    readonly NumberChunk<double> _doubles;
    readonly DecimalChunk _decimals;
    readonly BooleanChunk _booleans;
    readonly TextChunk _texts;

    public ColumnChunkWriter(PageSink sink, int pageRows)
    {
        var scratch = new ChunkScratch();
        _runs = new RunChunk(sink, scratch);
        _int32 = new NumberChunk<int>(sink, scratch, pageRows);
        _int64 = new NumberChunk<long>(sink, scratch, pageRows);
        _doubles = new NumberChunk<double>(sink, scratch, pageRows);
        _decimals = new DecimalChunk(sink, scratch, pageRows);
        _booleans = new BooleanChunk(sink, scratch, pageRows);
        _texts = new TextChunk(sink, scratch, pageRows);
    }

    public ColumnChunkRecord Write(ColumnSchema column, IReadOnlyList<ColumnPart> parts, int rows)
    {
        if (RunChunk.Fits(parts))
            return _runs.Write(column, parts, rows);
        return column.Kind switch
        {
            ColumnKind.Boolean => _booleans.Write(column, parts, rows),
            ColumnKind.Int32 => _int32.Write(column, parts, rows),
            ColumnKind.Double => _doubles.Write(column, parts, rows),
            ColumnKind.Decimal => _decimals.Write(column, parts, rows),
            ColumnKind.Utf8 => _texts.Write(column, parts, rows),
            _ => _int64.Write(column, parts, rows),
        };
    }
}
