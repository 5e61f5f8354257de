namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>A column as a file describes it: what it is to us, and how it is stored.</summary>
/// <param name="Column">Name, kind and nullability.</param>
/// <param name="IsLarge">Whether offsets of texts are 64 bits wide.</param>
/// <param name="Indices">Given where the column has a dictionary.</param>
sealed record ArrowField(ColumnSchema Column, bool IsLarge, IndexEncoding? Indices)
{
    /// <summary>Buffers of the column in a batch: validity and values, of plain texts also their offsets.</summary>
    public int BufferCount => Column.Kind == ColumnKind.Utf8 && Indices is null ? 3 : 2;
}

/// <summary>Indices into a dictionary: its id, and the bytes and signedness of an index.</summary>
sealed record IndexEncoding(long Dictionary, int Width, bool IsSigned);
