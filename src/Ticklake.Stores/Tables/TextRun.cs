using System.Buffers;
using Ticklake.Columnar;

namespace Ticklake.Stores.Tables;

/// <summary>
/// The texts, or text codes, of one column of a row group, growing in rented arrays. Store thread only.
/// </summary>
sealed class TextRun
{
    const int FirstSize = 256;

    byte[] _bytes = [];
    int[] _offsets = [];
    bool[] _isNull = [];
    int _end;
    int _rows;
    bool _hasNull;

    /// <summary>Adds codes, one byte a row.</summary>
    public void AddCodes(ReadOnlySpan<byte> codes)
    {
        codes.CopyTo(Room(codes.Length));
        _end += codes.Length;
        _rows += codes.Length;
    }

    /// <summary>Room behind the last text for the next one, which <see cref="EndText"/> makes a row.</summary>
    public Span<byte> Room(int atLeast)
    {
        _bytes = WithRoom(_bytes, _end, _end + atLeast);
        return _bytes.AsSpan(_end);
    }

    /// <summary>Ends the text that was written to <see cref="Room"/>.</summary>
    public void EndText(int length, bool isNull)
    {
        _offsets = WithRoom(_offsets, _rows == 0 ? 0 : _rows + 1, _rows + 2);
        _isNull = WithRoom(_isNull, _rows, _rows + 1);
        _offsets[_rows] = _end;
        _isNull[_rows] = isNull;
        _hasNull |= isNull;
        _end += length;
        _offsets[++_rows] = _end;
    }

    public Utf8Part ToPart() => new(_bytes, _offsets, _rows, _hasNull ? _isNull : null);

    public CodedUtf8Part ToPart(byte[][] dictionary) => new(_bytes, dictionary, _rows);

    /// <summary>Gives the arrays back.</summary>
    public void Clear()
    {
        Return(_bytes);
        Return(_offsets);
        Return(_isNull);
        (_bytes, _offsets, _isNull) = ([], [], []);
        (_end, _rows, _hasNull) = (0, 0, false);
    }

    static T[] WithRoom<T>(T[] array, int used, int needed)
    {
        if (needed <= array.Length)
            return array;
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, Math.Max(FirstSize, array.Length * 2)));
        array.AsSpan(0, used).CopyTo(larger);
        Return(array);
        return larger;
    }

    static void Return<T>(T[] array)
    {
        if (array.Length > 0)
            ArrayPool<T>.Shared.Return(array);
    }
}
