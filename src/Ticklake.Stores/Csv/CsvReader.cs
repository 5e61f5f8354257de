using System.Text;
using Ticklake.Columnar;

namespace Ticklake.Stores.Csv;

/// <summary>
/// Reads CSV segments, and other CSV files as texts. A file has no index: opening it goes through it once to count its
/// rows into groups, reading the groups in order goes through it once more, and going back begins anew. One group is in
/// memory at a time. One thread at a time.
/// </summary>
public sealed class CsvReader : TableReader
{
    const int GroupLimit = 65_536;
    const int GroupBytes = 1 << 25;
    const int Excerpt = 40;

    readonly Stream _file;
    readonly CsvHeader _header;
    readonly CsvColumn[] _columns;
    readonly List<int> _groups = [];
    Stream? _decoder;
    CsvRecords _records;
    ColumnValues[] _loaded = [];
    int _loadedGroup = -1;
    int _nextGroup;

    /// <summary>Reads a seekable stream, and owns it.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; the message names the line.</exception>
    public CsvReader(Stream file)
    {
        _file = file;
        _records = Begin();
        _header = CsvHeader.Read(_records);
        _columns = [.. _header.Columns.Select((x, i) => CsvColumn.Create(x, _header.IsNumber[i]))];
        CountGroups();
        Restart();
    }

    public override IReadOnlyList<ColumnSchema> Schema => _header.Columns;

    /// <summary>None: CSV has no room for it.</summary>
    public override IReadOnlyList<KeyValuePair<string, string>> Metadata => [];

    public override long RowCount => _groups.Sum(rows => (long)rows);

    public override IReadOnlyList<int> GroupRows => _groups;

    public static CsvReader Open(string path) => Open(path, stream => new CsvReader(stream));

    /// <summary>The column holds numbers as the exchange wrote them.</summary>
    public bool IsNumber(int column) => _header.IsNumber[column];

    public override ColumnValues ReadColumn(int group, int column)
    {
        if (_loadedGroup != group)
            Load(group);
        return _loaded[column];
    }

    public override void Dispose()
    {
        _decoder?.Dispose();
        _file.Dispose();
    }

    CsvRecords Begin()
    {
        Span<byte> magic = stackalloc byte[4];
        _file.Position = 0;
        var read = magic[.._file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
        _file.Position = 0;
        _decoder?.Dispose();
        _decoder = read.StartsWith(GzipBlock.Magic) ? new GzipBlocks(_file)
            : read.StartsWith(ZstdFrames.Magic) ? new ZstdFrames(_file)
            : null;
        return new CsvRecords(_decoder ?? _file);
    }

    void Restart()
    {
        _records = Begin();
        _records.TryNext();
        _nextGroup = 0;
    }

    void CountGroups()
    {
        var (rows, bytes) = (0, 0L);
        while (_records.TryNext())
        {
            rows++;
            bytes += _records.Record.Length;
            if (rows < GroupLimit && bytes < GroupBytes)
                continue;
            _groups.Add(rows);
            (rows, bytes) = (0, 0);
        }

        if (rows > 0)
            _groups.Add(rows);
    }

    void Load(int group)
    {
        _loadedGroup = -1;
        if (group < _nextGroup)
            Restart();
        for (; _nextGroup < group; _nextGroup++)
        {
            for (var row = 0; row < _groups[_nextGroup]; row++)
                _records.TryNext();
        }

        foreach (var column in _columns)
            column.Begin(_groups[group]);
        for (var row = 0; row < _groups[group]; row++)
            ReadRow();
        _nextGroup++;
        _loaded = [.. _columns.Select(column => column.ToValues())];
        _loadedGroup = group;
    }

    void ReadRow()
    {
        if (!_records.TryNext())
            throw new InvalidDataException("the file was changed while it was read");
        var fields = _records.Split();
        if (fields.Length != _columns.Length)
            throw _records.Fault($"it has {fields.Length} fields, the header {_columns.Length}");
        for (var i = 0; i < fields.Length; i++)
        {
            var field = _records.Record.Slice(fields[i].Start, fields[i].Length);
            if (_columns[i].Add(field, fields[i]) is not { } wanted)
                continue;
            var text = Encoding.UTF8.GetString(field.Length > Excerpt ? field[..Excerpt] : field);
            throw _records.Fault($"{Schema[i].Name} is '{text}', not {wanted}");
        }
    }
}
