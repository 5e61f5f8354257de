using System.Buffers.Binary;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Reads pages of texts. Page bodies are kept whole; a text is a place in them.</summary>
sealed class TextPageValues(ColumnSchema column, int rows, int maxBytes) : PageValues(column, rows)
{
    readonly TextPlace[] _places = new TextPlace[rows];
    readonly ByteBuffer _bytes = new();
    TextPlace[] _dictionary = [];

    public override void ReadDictionary(ReadOnlySpan<byte> body, int count)
    {
        // Each text has a length of four bytes, so the body bounds how many there can be.
        if (count > body.Length / 4)
            throw new InvalidDataException($"a dictionary of {body.Length} bytes cannot have {count} texts");
        _dictionary = new TextPlace[count];
        ReadPlain(body, _dictionary);
    }

    public override ColumnValues Finish() => new Utf8Values(Column, _bytes.Written.ToArray(), _places, IsNull);

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
                ReadDeltaLength(body, target);
                break;
            default:
                throw Unsupported(encoding);
        }
    }

    protected override void Spread(ReadOnlySpan<bool> isNull, int first, int present) =>
        Spread(_places.AsSpan(first, isNull.Length), isNull, present);

    void ReadDeltaLength(ReadOnlySpan<byte> body, Span<TextPlace> target)
    {
        var lengths = new long[target.Length];
        var at = DeltaDecoder.Read(body, lengths);
        RequireRoom(body.Length);
        for (var i = 0; i < target.Length; i++)
        {
            if (lengths[i] < 0 || lengths[i] > body.Length - at)
                throw new InvalidDataException($"a text claims {lengths[i]} bytes; {body.Length - at} are left");
            target[i] = new TextPlace(_bytes.Length + at, (int)lengths[i]);
            at += (int)lengths[i];
        }

        _bytes.Write(body);
    }

    void RequireRoom(int bytes)
    {
        if (bytes > maxBytes - _bytes.Length)
            throw new InvalidDataException($"its texts take more than {maxBytes} bytes");
    }

    void ReadPlain(ReadOnlySpan<byte> body, Span<TextPlace> target)
    {
        RequireRoom(body.Length);
        var start = _bytes.Length;
        var at = 0;
        for (var i = 0; i < target.Length; i++)
        {
            if (body.Length - at < 4)
                throw new InvalidDataException("texts reach beyond the end of their page");
            var length = BinaryPrimitives.ReadInt32LittleEndian(body[at..]);
            at += 4;
            if (length < 0 || length > body.Length - at)
                throw new InvalidDataException($"a text claims {length} bytes; {body.Length - at} are left");
            target[i] = new TextPlace(start + at, length);
            at += length;
        }

        _bytes.Write(body);
    }
}
