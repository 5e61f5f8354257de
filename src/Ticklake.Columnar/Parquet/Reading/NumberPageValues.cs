using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Reads pages of 32- and 64-bit integers and of floating point numbers.</summary>
/// <param name="column">Names the values.</param>
/// <param name="rows">How many there will be.</param>
/// <param name="spent">Values whose memory is taken where it is large enough.</param>
sealed class NumberPageValues<T>(ColumnSchema column, int rows, ColumnValues? spent = null) : PageValues(column, rows)
    where T : unmanaged, INumber<T>
{
    // Every row is written by its page, or the page throws.
    readonly T[] _values = spent is FixedValues<T> { Memory: var memory } && memory.Length >= rows
        ? memory
        : GC.AllocateUninitializedArray<T>(rows);

    readonly int _rows = rows;
    T[] _dictionary = [];

    public override void ReadDictionary(ReadOnlySpan<byte> body, int count) =>
        _dictionary = ReadPlain(body, count).ToArray();

    public override ColumnValues Finish() => new FixedValues<T>(Column, _values, _rows, IsNull);

    protected override void ReadValues(PageEncoding encoding, ReadOnlySpan<byte> body, int first, int count)
    {
        var target = _values.AsSpan(first, count);
        switch (encoding)
        {
            case PageEncoding.Plain:
                ReadPlain(body, count).CopyTo(target);
                break;
            case PageEncoding.RleDictionary or PageEncoding.PlainDictionary:
                Gather(_dictionary, ReadIndices(body, count, _dictionary.Length), target);
                break;
            case PageEncoding.DeltaBinaryPacked when typeof(T) == typeof(long):
                DeltaDecoder.Read(body, MemoryMarshal.Cast<T, long>(target));
                break;
            case PageEncoding.DeltaBinaryPacked when typeof(T) == typeof(int):
                ReadDelta(body, MemoryMarshal.Cast<T, int>(target));
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

    // The indices were checked against the dictionary.
    static void Gather(ReadOnlySpan<T> dictionary, ReadOnlySpan<int> indices, Span<T> target)
    {
        ref var entries = ref MemoryMarshal.GetReference(dictionary);
        for (var i = 0; i < indices.Length && i < target.Length; i++)
            target[i] = Unsafe.Add(ref entries, indices[i]);
    }

    static unsafe void ReadSplit(ReadOnlySpan<byte> body, Span<T> target) => ByteStreamSplit.Decode(
        new ByteReader(body).Read((long)target.Length * sizeof(T)), sizeof(T), MemoryMarshal.AsBytes(target));

    void ReadDelta(ReadOnlySpan<byte> body, Span<int> target)
    {
        var wide = Scratch.Numbers(target.Length);
        DeltaDecoder.Read(body, wide);
        for (var i = 0; i < target.Length; i++)
            target[i] = unchecked((int)wide[i]);
    }
}
