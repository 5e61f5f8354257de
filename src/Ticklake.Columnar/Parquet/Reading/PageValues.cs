using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Gathers the values of one column chunk, page by page.</summary>
abstract class PageValues(ColumnSchema column, int rows)
{
    public ColumnSchema Column { get; } = column;

    /// <summary>Memory for what is needed while a page is read; shared with all chunks of a file.</summary>
    public ReadScratch Scratch { protected get; set; } = new();

    protected bool[]? IsNull { get; private set; }

    public abstract void ReadDictionary(ReadOnlySpan<byte> body, int count);

    public abstract ColumnValues Finish();

    /// <summary>Notes which rows from <paramref name="first"/> on have a level of 0.</summary>
    public void MarkNulls(ReadOnlySpan<int> levels, int first)
    {
        IsNull ??= new bool[rows];
        var flags = IsNull.AsSpan(first, levels.Length);
        for (var i = 0; i < levels.Length; i++)
            flags[i] = levels[i] == 0;
    }

    /// <summary>Reads a page of <paramref name="count"/> rows whose nulls are marked.</summary>
    public void ReadPage(PageEncoding encoding, ReadOnlySpan<byte> body, int first, int count, int nulls)
    {
        var present = count - nulls;
        if (present > 0)
            ReadValues(encoding, body, first, present);
        if (nulls > 0)
            Spread(IsNull.AsSpan(first, count), first, present);
    }

    /// <summary>
    /// Reads <paramref name="count"/> values into the rows from <paramref name="first"/> on, without gaps.
    /// </summary>
    protected abstract void ReadValues(PageEncoding encoding, ReadOnlySpan<byte> body, int first, int count);

    /// <summary>Moves values that were read without gaps to the rows that are not null.</summary>
    protected abstract void Spread(ReadOnlySpan<bool> isNull, int first, int present);

    protected static void Spread<T>(Span<T> values, ReadOnlySpan<bool> isNull, int present)
        where T : struct
    {
        // From the end: a value never moves to the left, so none is overwritten before it has moved.
        for (var i = isNull.Length - 1; i >= 0; i--)
            values[i] = isNull[i] ? default : values[--present];
    }

    /// <summary>Dictionary indices, each below <paramref name="entries"/>.</summary>
    protected ReadOnlySpan<int> ReadIndices(ReadOnlySpan<byte> body, int count, int entries)
    {
        if (entries == 0)
            throw new InvalidDataException("a page refers to a dictionary that is missing or empty");
        var indices = Scratch.Indices(count);
        var reader = new ByteReader(body);
        var width = reader.ReadByte();
        RunDecoder.Read(reader.Rest, width, indices);
        if (indices.IndexOfAnyExceptInRange(0, entries - 1) is var outside and >= 0)
            throw new InvalidDataException($"index {indices[outside]} of a dictionary of {entries}");
        return indices;
    }

    protected static NotSupportedException Unsupported(PageEncoding encoding) =>
        new($"pages encoded as {encoding} are not read in such a column");
}
