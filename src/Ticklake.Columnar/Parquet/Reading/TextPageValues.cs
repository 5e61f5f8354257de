using System.Buffers.Binary;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Reads pages of texts. Page bodies are kept whole; a text is a place in them.</summary>
sealed class TextPageValues(ColumnSchema column, int rows, int maxBytes) : PageValues(column, rows)
{
    readonly TextPlace[] _places = new TextPlace[rows];
    byte[] _bytes = [];
    int _length;
    TextPlace[] _dictionary = [];

    public override void ReadDictionary(ReadOnlySpan<byte> body, int count)
    {
        // Each text has a length of four bytes, so the body bounds how many there can be.
        if (count > body.Length / 4)
            throw new InvalidDataException($"a dictionary of {body.Length} bytes cannot have {count} texts");
        _dictionary = new TextPlace[count];
        ReadPlain(body, _dictionary);
    }

    public override ColumnValues Finish() => new Utf8Values(Column, _bytes, _places, IsNull);

    protected override void ReadValues(PageEncoding encoding, ReadOnlySpan<byte> body, int first, int count)
    {
        var target = _places.AsSpan(first, count);
        switch (encoding)
        {
            case PageEncoding.Plain:
                ReadPlain(body, target);
                break;
            case PageEncoding.RleDictionary or PageEncoding.PlainDictionary:
                var indices = ReadIndices(body, count, _dictionary.Length);
                for (var i = 0; i < target.Length; i++)
                    target[i] = _dictionary[indices[i]];
                break;
            case PageEncoding.DeltaLengthByteArray:
                var lengths = Scratch.Numbers(count);
                var at = DeltaDecoder.Read(body, lengths);
                ReadDeltaLength(body[at..], lengths, target);
                break;
            case PageEncoding.DeltaByteArray:
                ReadDeltaBytes(body, target);
                break;
            default:
                throw Unsupported(encoding);
        }
    }

    protected override void Spread(ReadOnlySpan<bool> isNull, int first, int present) =>
        Spread(_places.AsSpan(first, isNull.Length), isNull, present);

    void ReadDeltaLength(ReadOnlySpan<byte> texts, ReadOnlySpan<long> lengths, Span<TextPlace> target)
    {
        var start = Append(texts);
        var at = 0;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = new TextPlace(start + at, RequireLength(lengths[i], texts.Length - at));
            at += target[i].Length;
        }
    }

    // Each text begins with so many bytes of the one before it; the rest of all of them follows in DELTA_LENGTH form.
    void ReadDeltaBytes(ReadOnlySpan<byte> body, Span<TextPlace> target)
    {
        var prefixes = new long[target.Length];
        body = body[DeltaDecoder.Read(body, prefixes)..];
        var lengths = Scratch.Numbers(target.Length);
        body = body[DeltaDecoder.Read(body, lengths)..];
        // All lengths are known to be right before memory is taken: a few bytes can repeat a long prefix very often.
        var (total, rest, previous) = (0L, body.Length, 0L);
        for (var i = 0; i < target.Length; i++)
        {
            rest -= RequireLength(lengths[i], rest);
            if (prefixes[i] < 0 || prefixes[i] > previous)
                throw new InvalidDataException($"a text repeats {prefixes[i]} bytes of one of {previous}");
            previous = prefixes[i] + lengths[i];
            total += previous;
            RequireRoom(total);
        }

        var start = Reserve((int)total);
        var last = default(TextPlace);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = new TextPlace(start, (int)(prefixes[i] + lengths[i]));
            _bytes.AsSpan(last.Start, (int)prefixes[i]).CopyTo(_bytes.AsSpan(start));
            body[..(int)lengths[i]].CopyTo(_bytes.AsSpan(start + (int)prefixes[i]));
            body = body[(int)lengths[i]..];
            start += target[i].Length;
            last = target[i];
        }
    }

    void ReadPlain(ReadOnlySpan<byte> body, Span<TextPlace> target)
    {
        var start = Append(body);
        var at = 0;
        for (var i = 0; i < target.Length; i++)
        {
            if (body.Length - at < 4)
                throw new InvalidDataException("texts reach beyond the end of their page");
            var length = BinaryPrimitives.ReadInt32LittleEndian(body[at..]);
            at += 4;
            target[i] = new TextPlace(start + at, RequireLength(length, body.Length - at));
            at += length;
        }
    }

    static int RequireLength(long length, int left) => length >= 0 && length <= left
        ? (int)length
        : throw new InvalidDataException($"a text claims {length} bytes; {left} are left");

    void RequireRoom(long bytes)
    {
        if (bytes > maxBytes - _length)
            throw new InvalidDataException($"its texts take more than {maxBytes} bytes");
    }

    int Append(ReadOnlySpan<byte> bytes)
    {
        var start = Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(start));
        return start;
    }

    int Reserve(int bytes)
    {
        RequireRoom(bytes);
        var start = _length;
        _length += bytes;
        if (_bytes.Length < _length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_length, _bytes.Length * 2L), Math.Max(_length, maxBytes)));
        return start;
    }
}
