namespace Ticklake.Columnar;

/// <summary>
/// Wants the rows whose value of a column lies between two bounds, both inclusive; an open side is null. A null and NaN
/// lie nowhere.
/// </summary>
/// <param name="Column">Its name.</param>
/// <param name="Min">The least value, in the form <see cref="ColumnValues"/> gives values.</param>
/// <param name="Max">The greatest value.</param>
public sealed record RowFilter(string Column, object? Min, object? Max);
