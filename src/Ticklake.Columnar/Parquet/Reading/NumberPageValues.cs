using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Reads pages of 32- and 64-bit integers and doubles.</summary>
sealed class NumberPageValues<T>(ColumnSchema column, int rows) : PageValues(column, rows)
    where T : unmanaged, INumber<T>
{
    readonly T[] _values = new T[rows];
    T[] _dictionary = [];
    long[] _wide = [];

    public override void ReadDictionary(ReadOnlySpan<byte> body, int count) =>
        _dictionary = ReadPlain(body, count).ToArray();

    public override ColumnValues Finish() => new FixedValues<T>(Column, _values, IsNull);

    protected override void ReadValues(PageEncoding encoding, ReadOnlySpan<byte> body, int first, int count)
    {
        var target = _values.AsSpan(first, count);
        switch (encoding)
        {
            case PageEncoding.Plain:
                ReadPlain(body, count).CopyTo(target);
                break;
            case PageEncoding.RleDictionary or PageEncoding.PlainDictionary:
                var indices = ReadIndices(body, count, _dictionary.Length);
                for (var i = 0; i < target.Length; i++)
                    target[i] = _dictionary[indices[i]];
                break;
            case PageEncoding.DeltaBinaryPacked when typeof(T) == typeof(long):
                DeltaDecoder.Read(body, MemoryMarshal.Cast<T, long>(target));
                break;
            case PageEncoding.DeltaBinaryPacked when typeof(T) == typeof(int):
                ReadDelta(body, MemoryMarshal.Cast<T, int>(target));
                break;
            case PageEncoding.ByteStreamSplit when Unsafe.SizeOf<T>() == sizeof(ulong):
                ByteStreamSplit.Read(body, MemoryMarshal.Cast<T, ulong>(target));
                break;
            case PageEncoding.ByteStreamSplit:
                ReadSplit(body, target);
                break;
            default:
                throw Unsupported(encoding);
        }
    }

    protected override void Spread(ReadOnlySpan<bool> isNull, int first, int present) =>
        Spread(_values.AsSpan(first, isNull.Length), isNull, present);

    static unsafe ReadOnlySpan<T> ReadPlain(ReadOnlySpan<byte> body, int count) =>
        MemoryMarshal.Cast<byte, T>(new ByteReader(body).Read((long)count * sizeof(T)));

    // Stream k holds byte k of every value, one stream after the other.
    static unsafe void ReadSplit(ReadOnlySpan<byte> body, Span<T> target)
    {
        var streams = new ByteReader(body).Read((long)target.Length * sizeof(T));
        var bytes = MemoryMarshal.AsBytes(target);
        for (var stream = 0; stream < sizeof(T); stream++)
        {
            for (var i = 0; i < target.Length; i++)
                bytes[(i * sizeof(T)) + stream] = streams[(stream * target.Length) + i];
        }
    }

    void ReadDelta(ReadOnlySpan<byte> body, Span<int> target)
    {
        if (_wide.Length < target.Length)
            _wide = new long[target.Length];
        DeltaDecoder.Read(body, _wide.AsSpan(0, target.Length));
        for (var i = 0; i < target.Length; i++)
            target[i] = unchecked((int)_wide[i]);
    }
}
