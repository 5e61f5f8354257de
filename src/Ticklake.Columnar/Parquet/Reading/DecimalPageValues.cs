using System.Buffers.Binary;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Reads pages of decimals, which are big-endian numbers of 16 bytes.</summary>
sealed class DecimalPageValues(ColumnSchema column, int rows) : PageValues(column, rows)
{
    readonly Int128[] _values = new Int128[rows];
    Int128[] _dictionary = [];

    public override void ReadDictionary(ReadOnlySpan<byte> body, int count)
    {
        if (count > body.Length / ColumnTypes.DecimalBytes)
            throw new InvalidDataException($"a dictionary of {body.Length} bytes cannot have {count} decimals");
        _dictionary = new Int128[count];
        ReadPlain(body, _dictionary);
    }

    public override ColumnValues Finish() => new FixedValues<Int128>(Column, _values, IsNull);

    protected override void ReadValues(PageEncoding encoding, ReadOnlySpan<byte> body, int first, int count)
    {
        var target = _values.AsSpan(first, count);
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
            default:
                throw Unsupported(encoding);
        }
    }

    protected override void Spread(ReadOnlySpan<bool> isNull, int first, int present) =>
        Spread(_values.AsSpan(first, isNull.Length), isNull, present);

    static void ReadPlain(ReadOnlySpan<byte> body, Span<Int128> target)
    {
        var bytes = new ByteReader(body).Read((long)target.Length * ColumnTypes.DecimalBytes);
        for (var i = 0; i < target.Length; i++)
            target[i] = BinaryPrimitives.ReadInt128BigEndian(bytes[(i * ColumnTypes.DecimalBytes)..]);
    }
}
