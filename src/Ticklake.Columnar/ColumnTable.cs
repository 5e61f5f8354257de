namespace Ticklake.Columnar;

/// <summary>The rows of one group of a file, all columns or some.</summary>
public sealed class ColumnTable(IReadOnlyList<ColumnValues> columns, int rowCount)
{
    public int RowCount => rowCount;

    public IReadOnlyList<ColumnValues> Columns => columns;

    /// <summary>The value as <see cref="ColumnValues"/> gives it.</summary>
    public object? this[int row, int column] => columns[column][row];

    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public ColumnValues this[string column] => columns.FirstOrDefault(c => c.Column.Name == column)
        ?? throw new KeyNotFoundException($"The table has no column {column}.");
}
