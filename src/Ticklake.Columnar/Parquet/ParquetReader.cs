using System.Text;
using Ticklake.Columnar.Parquet.Footer;
using Ticklake.Columnar.Parquet.Reading;

namespace Ticklake.Columnar.Parquet;

/// <summary>
/// Reads flat Parquet files: all that <see cref="ParquetWriter"/> writes, and what others write of the same types,
/// uncompressed, zstd, gzip or Snappy. A damaged or hostile file gives <see cref="InvalidDataException"/>, a file with
/// other features <see cref="NotSupportedException"/>. One thread at a time.
/// </summary>
public sealed class ParquetReader : TableReader
{
    readonly Stream _stream;
    readonly bool _leaveOpen;
    readonly ParquetReaderOptions _options;
    readonly FileFooter _footer;
    readonly ChunkReader _chunks;
    readonly PageIndexes _indexes;

    /// <summary>Reads the footer of a seekable stream.</summary>
    public ParquetReader(Stream stream, ParquetReaderOptions? options = null, bool leaveOpen = false)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _options = options ?? new ParquetReaderOptions();
        _footer = FooterReader.Read(FooterBytes.Read(stream, _options.MaxFooterBytes));
        if (_footer.Schema.Refused is [var refused, ..] && !_options.OmitsUnreadable)
            throw new NotSupportedException(refused.Value);
        Schema = [.. _footer.Schema.Columns.Select(stored => stored.Column)];
        RowGroups = [.. _footer.RowGroups.Select(Describe)];
        GroupRows = [.. RowGroups.Select(group => group.RowCount)];
        _chunks = new ChunkReader(stream, _options);
        _indexes = new PageIndexes(stream, _options);
    }

    public override IReadOnlyList<ColumnSchema> Schema { get; }

    /// <summary>Columns that were left out because they cannot be read, and why.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Omitted => _footer.Schema.Refused;

    public override IReadOnlyList<KeyValuePair<string, string>> Metadata => _footer.Metadata;

    public string CreatedBy => _footer.CreatedBy;

    public override long RowCount => _footer.RowCount;

    public override IReadOnlyList<int> GroupRows { get; }

    public IReadOnlyList<ParquetRowGroup> RowGroups { get; }

    public static ParquetReader Open(string path) => Open(path, stream => new ParquetReader(stream));

    public override ColumnValues ReadColumn(int group, int column) => ReadColumn(group, column, spent: null);

    /// <summary>Reads one column of one group into memory that is needed no longer, where it is large enough.</summary>
    /// <param name="group">The group.</param>
    /// <param name="column">The column.</param>
    /// <param name="spent">What an earlier call gave; it must not be looked at again.</param>
    public ColumnValues ReadColumn(int group, int column, ColumnValues? spent)
    {
        var (record, stored) = (_footer.RowGroups[group], _footer.Schema.Columns[column]);
        return Named(group, stored, () => _chunks.Read(stored, record.Columns[column], (int)record.RowCount, spent));
    }

    /// <inheritdoc/>
    /// <remarks>Where the file has an offset index, only pages with wanted rows are read.</remarks>
    public override ColumnValues ReadColumn(int group, int column, RowRanges rows)
    {
        var (record, stored) = (_footer.RowGroups[group], _footer.Schema.Columns[column]);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.End, record.RowCount, nameof(rows));
        if (rows.Count == record.RowCount)
            return ReadColumn(group, column);
        return Named(group, stored, () =>
        {
            var places = _indexes.PlacesOf(record, column);
            return _chunks.Read(stored, record.Columns[column], (int)record.RowCount, new ChunkRows(rows, places));
        });
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Bounds of chunks and pages are under no checksum: unlike reading, leaving out believes what the file says of them.
    /// </remarks>
    public override RowRanges Select(int group, IReadOnlyList<RowFilter> filters)
    {
        var record = _footer.RowGroups[group];
        var rows = RowRanges.All((int)record.RowCount);
        var wanted = filters.Select(filter => Existing(filter.Column)).ToArray();
        var tests = wanted.Select((column, i) => new ColumnFilter(_footer.Schema.Columns[column], filters[i])).ToArray();
        for (var i = 0; i < tests.Length; i++)
        {
            var statistics = record.Columns[wanted[i]].Statistics;
            if (statistics.NullCount == record.RowCount || !tests[i].MayMatch(statistics.Min, statistics.Max))
                return RowRanges.None;
        }

        for (var i = 0; i < tests.Length && rows.Count > 0; i++)
        {
            var (column, test) = (wanted[i], tests[i]);
            rows = rows.Intersect(Named(
                group, _footer.Schema.Columns[column], () => _indexes.Select(record, column, test)));
        }

        return rows;
    }

    public override (object Min, object Max)? BoundsOf(int group, int column) =>
        RowGroups[group].Columns[column] is { Min: { } min, Max: { } max, IsMinExact: true, IsMaxExact: true }
            ? (min, max)
            : null;

    public override void Dispose()
    {
        _chunks.Dispose();
        if (!_leaveOpen)
            _stream.Dispose();
    }

    // Says which row group and column a fault is in.
    static T Named<T>(int group, StoredColumn stored, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            var message = $"Row group {group}, column {stored.Column.Name}: {e.Message}.";
            throw e is InvalidDataException
                ? new InvalidDataException(message, e)
                : new NotSupportedException(message, e);
        }
    }

    ParquetRowGroup Describe(RowGroupRecord group, int ordinal)
    {
        if (group.RowCount > _options.MaxRowGroupRows)
        {
            throw new InvalidDataException(
                $"Row group {ordinal} claims {group.RowCount} rows; {_options.MaxRowGroupRows} are allowed.");
        }

        var columns = group.Columns.Select((chunk, i) => Describe(chunk, _footer.Schema.Columns[i]));
        return new ParquetRowGroup((int)group.RowCount, [.. columns]);
    }

    static ParquetColumnChunk Describe(ColumnChunkRecord chunk, StoredColumn stored)
    {
        var statistics = chunk.Statistics;
        return new ParquetColumnChunk(
            chunk.CompressedBytes,
            chunk.UncompressedBytes,
            statistics.NullCount,
            Bound(stored, statistics.Min),
            Bound(stored, statistics.Max))
        {
            IsMinExact = statistics.IsMinExact,
            IsMaxExact = statistics.IsMaxExact,
        };
    }

    static object? Bound(StoredColumn stored, byte[]? value)
    {
        if (value is null)
            return null;
        return stored.Column.Kind == ColumnKind.Utf8 ? Encoding.UTF8.GetString(value) : StoredForms.Bound(stored, value);
    }
}
