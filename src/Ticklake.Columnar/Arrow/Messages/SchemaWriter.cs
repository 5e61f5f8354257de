using Ticklake.Columnar.Arrow.Flat;

namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>Writes the table Schema of Schema.fbs; slots are its field numbers, a union taking two.</summary>
static class SchemaWriter
{
    const short LittleEndian = 0;
    const short DoublePrecision = 2;
    const short Microsecond = 2;
    const int DecimalPrecision = 38;
    const int DecimalScale = 18;

    /// <param name="flat">Receives the table.</param>
    /// <param name="columns">The columns, in order.</param>
    /// <param name="isCoded">Which of them have a dictionary; its id is the column's number.</param>
    /// <param name="metadata">The schema's custom metadata.</param>
    public static int Write(
        FlatBuilder flat,
        IReadOnlyList<ColumnSchema> columns,
        IReadOnlyList<bool> isCoded,
        IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var schema = flat.Table(FlatField.Int16(0, LittleEndian), FlatField.Reference(1), FlatField.Reference(2));
        var fields = flat.References(columns.Count);
        flat.Link(schema, 1, fields);
        for (var i = 0; i < columns.Count; i++)
            flat.LinkElement(fields, i, WriteField(flat, columns[i], isCoded[i] ? i : null));
        var pairs = flat.References(metadata.Count);
        flat.Link(schema, 2, pairs);
        for (var i = 0; i < metadata.Count; i++)
            flat.LinkElement(pairs, i, WritePair(flat, metadata[i]));
        return schema;
    }

    static int WriteField(FlatBuilder flat, ColumnSchema column, long? dictionary)
    {
        FlatField[] fields =
        [
            FlatField.Reference(0),
            FlatField.Reference(3),
            FlatField.Reference(5),
            FlatField.Bool(1, column.IsNullable),
            FlatField.Byte(2, (byte)TypeOf(column.Kind)),
        ];
        var field = flat.Table(dictionary is null ? fields : [.. fields, FlatField.Reference(4)]);
        flat.Link(field, 0, flat.Text(column.Name));
        flat.Link(field, 3, WriteType(flat, column.Kind));
        if (dictionary is { } id)
        {
            var encoding = flat.Table(FlatField.Int64(0, id), FlatField.Reference(1), FlatField.Bool(2, false));
            flat.Link(field, 4, encoding);
            flat.Link(encoding, 1, WriteInt(flat, 32));
        }

        // Older readers insist on the list, also where nothing can be nested.
        flat.Link(field, 5, flat.References(0));
        return field;
    }

    static int WritePair(FlatBuilder flat, KeyValuePair<string, string> pair)
    {
        var table = flat.Table(FlatField.Reference(0), FlatField.Reference(1));
        flat.Link(table, 0, flat.Text(pair.Key));
        flat.Link(table, 1, flat.Text(pair.Value));
        return table;
    }

    static ArrowType TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => ArrowType.Bool,
        ColumnKind.Int32 or ColumnKind.Int64 => ArrowType.Int,
        ColumnKind.TimestampMicros => ArrowType.Timestamp,
        ColumnKind.Double => ArrowType.FloatingPoint,
        ColumnKind.Decimal => ArrowType.Decimal,
        _ => ArrowType.Utf8,
    };

    static int WriteType(FlatBuilder flat, ColumnKind kind)
    {
        switch (kind)
        {
            case ColumnKind.Int32:
                return WriteInt(flat, 32);
            case ColumnKind.Int64:
                return WriteInt(flat, 64);
            case ColumnKind.Double:
                return flat.Table(FlatField.Int16(0, DoublePrecision));
            case ColumnKind.Decimal:
                return flat.Table(
                    FlatField.Int32(0, DecimalPrecision), FlatField.Int32(1, DecimalScale), FlatField.Int32(2, 128));
            case ColumnKind.TimestampMicros:
                var timestamp = flat.Table(FlatField.Int16(0, Microsecond), FlatField.Reference(1));
                flat.Link(timestamp, 1, flat.Text("UTC"));
                return timestamp;
            default:
                return flat.Table();
        }
    }

    static int WriteInt(FlatBuilder flat, int bits) =>
        flat.Table(FlatField.Int32(0, bits), FlatField.Bool(1, true));
}
