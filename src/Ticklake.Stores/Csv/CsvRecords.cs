namespace Ticklake.Stores.Csv;

/// <summary>A field of a record: its bytes, within the quotes if it has any.</summary>
readonly record struct CsvField(int Start, int Length, bool IsQuoted, bool HasQuotes);

/// <summary>
/// Reads CSV (RFC 4180 with LF) record by record, in memory bounded by the longest one. What is wrong is told with the
/// line's number. One thread.
/// </summary>
sealed class CsvRecords(Stream text)
{
    const int LongestRecord = 1 << 26;

    byte[] _buffer = new byte[1 << 17];
    CsvField[] _fields = new CsvField[32];
    int _begin;
    int _next;
    int _end;
    long _nextLine = 1;

    /// <summary>1-based line that the present record begins in.</summary>
    public long Line { get; private set; }

    /// <summary>The present record's bytes without the line's end.</summary>
    public ReadOnlySpan<byte> Record => _buffer.AsSpan(_begin, _next - _begin - 1);

    /// <summary>Goes to the next record; false at the end of the file.</summary>
    public bool TryNext()
    {
        (_begin, Line) = (_next, _nextLine);
        var isQuoted = false;
        while (true)
        {
            var rest = _buffer.AsSpan(_next, _end - _next);
            var at = rest.IndexOfAny((byte)'\n', (byte)'"');
            if (at < 0)
            {
                _next = _end;
                if (Fill())
                    continue;
                return _begin == _end ? false : throw Fault("the file ends within it");
            }

            _next += at + 1;
            if (rest[at] == '"')
                isQuoted = !isQuoted;
            else
            {
                _nextLine++;
                if (!isQuoted)
                    return true;
            }
        }
    }

    /// <summary>The fields of the present record, as places in <see cref="Record"/>.</summary>
    public ReadOnlySpan<CsvField> Split()
    {
        var record = Record;
        var count = 0;
        for (var at = 0; at <= record.Length; at++)
        {
            if (count == _fields.Length)
                Array.Resize(ref _fields, count * 2);
            var field = at < record.Length && record[at] == '"' ? Quoted(record, at + 1) : Plain(record, at);
            _fields[count++] = field;
            at = field.Start + field.Length + (field.IsQuoted ? 1 : 0);
        }

        return _fields.AsSpan(0, count);
    }

    /// <summary>A fault of the present record.</summary>
    public InvalidDataException Fault(string what) => new($"line {Line}: {what}");

    CsvField Plain(ReadOnlySpan<byte> record, int start)
    {
        var length = record[start..].IndexOfAny((byte)',', (byte)'"');
        if (length < 0)
            return new CsvField(start, record.Length - start, false, false);
        return record[start + length] == ','
            ? new CsvField(start, length, false, false)
            : throw Fault("a quote within a field that does not begin with one");
    }

    CsvField Quoted(ReadOnlySpan<byte> record, int start)
    {
        var hasQuotes = false;
        for (var end = start; ; end += 2)
        {
            var length = record[end..].IndexOf((byte)'"');
            if (length < 0)
                throw Fault("a quote that is not closed");
            end += length;
            if (end + 1 < record.Length && record[end + 1] == '"')
                hasQuotes = true;
            else if (end + 1 == record.Length || record[end + 1] == ',')
                return new CsvField(start, end - start, true, hasQuotes);
            else
                throw Fault("something follows a field's closing quote");
        }
    }

    bool Fill()
    {
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_next, _end, _begin) = (_next - _begin, _end - _begin, 0);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestRecord)
                throw Fault($"it is longer than {LongestRecord} bytes");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            var count = text.Read(_buffer, _end, _buffer.Length - _end);
            _end += count;
            return count > 0;
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException(
                $"line {_nextLine}: the file is damaged there or behind it: {fault.Message}", fault);
        }
    }
}
