namespace Ticklake.Columnar;

/// <summary>Makes columns for readers of formats that this library does not know.</summary>
public static class GivenColumn
{
    /// <param name="column">Of a kind whose values <typeparamref name="T"/> holds.</param>
    /// <param name="values">One a row; becomes the column's own.</param>
    /// <param name="isNull">One flag a row; null where no row is null.</param>
    public static ColumnValues Of<T>(ColumnSchema column, T[] values, bool[]? isNull = null)
        where T : unmanaged => new FixedValues<T>(column, values, isNull);

    /// <param name="column">A column of texts.</param>
    /// <param name="bytes">Where the texts lie; several rows may share one.</param>
    /// <param name="starts">Where each row's begins.</param>
    /// <param name="lengths">How long it is; 0 where it is null.</param>
    /// <param name="isNull">One flag a row; null where no row is null.</param>
    public static ColumnValues OfTexts(
        ColumnSchema column, byte[] bytes, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths, bool[]? isNull = null)
    {
        var places = new TextPlace[starts.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = new TextPlace(starts[i], lengths[i]);
        return new Utf8Values(column, bytes, places, isNull);
    }
}
