using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>
/// The journal lines that the rows of an open segment come from, about a byte a line: an hour of a busy stream has
/// hundreds of thousands. Store thread only.
/// </summary>
sealed class JournalLines
{
    readonly List<string> _files = [];
    readonly Dictionary<string, LineList> _lines = new(StringComparer.Ordinal);

    public void Add(RowBatch batch)
    {
        var file = batch.Header.SourceFile;
        if (!_lines.TryGetValue(file, out var list))
        {
            _files.Add(file);
            _lines.Add(file, list = new LineList());
        }

        foreach (var line in batch.Lines)
            list.Add(line);
    }

    /// <summary>Each journal file in the order of its first row, with its lines, ascending, each once.</summary>
    public IEnumerable<(string File, List<long> Lines)> ByFile() =>
        _files.Select(file => (file, _lines[file].ToSorted()));

    /// <summary>Line numbers as the differences between them, in seven bits a byte.</summary>
    sealed class LineList
    {
        byte[] _bytes = new byte[64];
        int _length;
        int _count;
        long _last;
        bool _isAscending = true;

        public void Add(long line)
        {
            if (line == _last)
                return;
            _isAscending &= line > _last;
            var step = line - _last;
            // The sign goes to the lowest bit: lines that were derived again later go back.
            for (var rest = (ulong)((step << 1) ^ (step >> 63)); ; rest >>= 7)
            {
                if (_length == _bytes.Length)
                    Array.Resize(ref _bytes, _length * 2);
                _bytes[_length++] = (byte)(rest < 0x80 ? rest : rest | 0x80);
                if (rest < 0x80)
                    break;
            }

            _last = line;
            _count++;
        }

        public List<long> ToSorted()
        {
            var lines = new List<long>(_count);
            var (last, value, shift) = (0L, 0UL, 0);
            foreach (var b in _bytes.AsSpan(0, _length))
            {
                value |= (ulong)(b & 0x7F) << shift;
                shift += 7;
                if (b >= 0x80)
                    continue;
                last += (long)(value >> 1) ^ -(long)(value & 1);
                lines.Add(last);
                (value, shift) = (0, 0);
            }

            return _isAscending ? lines : [.. lines.Distinct().Order()];
        }
    }
}
