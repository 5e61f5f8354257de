namespace Ticklake.Columnar;

/// <summary>Refuses parts that do not fit their column, before a byte of the row group is written.</summary>
static class PartCheck
{
    static readonly Int128 DecimalLimit = (Int128)10_000_000_000_000_000_000UL * 10_000_000_000_000_000_000UL;

    /// <summary>The rows of a whole group of columns, one list of parts for each column of the schema.</summary>
    /// <exception cref="ArgumentException">The columns are not those of the schema, or differ in length.</exception>
    public static long CountRows(IReadOnlyList<ColumnSchema> schema, IReadOnlyList<IReadOnlyList<ColumnPart>> columns)
    {
        if (columns.Count != schema.Count)
            throw new ArgumentException($"{columns.Count} columns were given for a schema of {schema.Count}.");
        var rows = -1L;
        for (var i = 0; i < columns.Count; i++)
        {
            var count = CountRows(schema[i], columns[i]);
            if (rows >= 0 && count != rows)
                throw new ArgumentException($"Column {schema[i].Name} has {count} rows where others have {rows}.");
            rows = count;
        }

        return Math.Max(0, rows);
    }

    /// <summary>The rows that the parts hold together.</summary>
    public static long CountRows(ColumnSchema column, IReadOnlyList<ColumnPart> parts)
    {
        var rows = 0L;
        foreach (var part in parts)
        {
            Check(column, part);
            rows += part.Count;
        }

        return rows;
    }

    static void Check(ColumnSchema column, ColumnPart part)
    {
        var fits = (part, column.Kind) switch
        {
            (ConstantPart { IsNull: true }, _) => true,
            (ConstantPart { Text: not null }, ColumnKind.Utf8) => true,
            (ConstantPart { Number: 0 or 1 }, ColumnKind.Boolean) => true,
            (ConstantPart { Number: >= int.MinValue and <= int.MaxValue }, ColumnKind.Int32) => true,
            (ConstantPart { Number: not null }, ColumnKind.Int64 or ColumnKind.TimestampMicros) => true,
            (ConstantPart { Number: not null }, ColumnKind.Double) => true,
            (Int64Part, ColumnKind.Int64 or ColumnKind.TimestampMicros) => true,
            (Int32Part, ColumnKind.Int32) => true,
            (DoublePart, ColumnKind.Double) => true,
            (DecimalPart, ColumnKind.Decimal) => true,
            (BooleanPart, ColumnKind.Boolean) => true,
            (Utf8Part or CodedUtf8Part, ColumnKind.Utf8) => true,
            _ => false,
        };
        if (!fits)
        {
            throw new ArgumentException(
                $"Column {column.Name} ({column.Kind}) cannot hold this {part.GetType().Name}.");
        }

        if (!column.IsNullable && part.Count > 0 && HasNulls(part))
            throw new ArgumentException($"Column {column.Name} is not nullable, but a part of it has nulls.");
        if (part is CodedUtf8Part coded && HasUnknownCode(coded))
            throw new ArgumentException($"Column {column.Name} has a code outside its dictionary.");
        if (part is DecimalPart decimals && HasTooManyDigits(decimals))
            throw new ArgumentException($"Column {column.Name} has a decimal of more than 38 digits.");
    }

    static bool HasNulls(ColumnPart part) => part switch
    {
        ConstantPart p => p.IsNull,
        Int64Part p => p.IsNull.Contains(true),
        Int32Part p => p.IsNull.Contains(true),
        DoublePart p => p.IsNull.Contains(true),
        DecimalPart p => p.IsNull.Contains(true),
        BooleanPart p => p.IsNull.Contains(true),
        Utf8Part p => p.IsNull.Contains(true),
        _ => false,
    };

    static bool HasUnknownCode(CodedUtf8Part part) =>
        part.Dictionary.Length < 256
        && part.Codes.IndexOfAnyInRange((byte)part.Dictionary.Length, byte.MaxValue) >= 0;

    static bool HasTooManyDigits(DecimalPart part)
    {
        var isNull = part.IsNull;
        var values = part.Values;
        for (var i = 0; i < values.Length; i++)
        {
            if ((values[i] >= DecimalLimit || values[i] <= -DecimalLimit) && (isNull.IsEmpty || !isNull[i]))
                return true;
        }

        return false;
    }
}
