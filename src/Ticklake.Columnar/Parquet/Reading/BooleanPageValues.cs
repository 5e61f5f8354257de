using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Reads pages of booleans.</summary>
sealed class BooleanPageValues(ColumnSchema column, int rows) : PageValues(column, rows)
{
    readonly bool[] _values = new bool[rows];

    public override void ReadDictionary(ReadOnlySpan<byte> body, int count) =>
        throw new NotSupportedException("booleans have a dictionary");

    public override ColumnValues Finish() => new FixedValues<bool>(Column, _values, IsNull);

    protected override void ReadValues(PageEncoding encoding, ReadOnlySpan<byte> body, int first, int count)
    {
        var bits = Scratch.Indices(count);
        var reader = new ByteReader(body);
        if (encoding == PageEncoding.Rle)
            RunDecoder.Read(reader.ReadPrefixed(), 1, bits);
        else if (encoding == PageEncoding.Plain)
            BitUnpacker.Unpack(reader.Read(BitPacker.PackedSize(count, 1)), 1, bits);
        else
            throw Unsupported(encoding);
        for (var i = 0; i < count; i++)
            _values[first + i] = bits[i] != 0;
    }

    protected override void Spread(ReadOnlySpan<bool> isNull, int first, int present) =>
        Spread(_values.AsSpan(first, isNull.Length), isNull, present);
}
