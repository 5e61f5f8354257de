using Ticklake.Columnar.Arrow.Flat;

namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>
/// Reads the table Schema of Schema.fbs and refuses columns of kinds that <see cref="ColumnKind"/> does not have.
/// </summary>
static class SchemaReader
{
    const short LittleEndian = 0;
    const short DoublePrecision = 2;
    const short Microsecond = 2;
    const int DecimalScale = 18;
    const int ReferenceSize = 4;

    public static FileSchema Read(FlatTable schema)
    {
        if (schema.Int16(0) != LittleEndian)
            throw new NotSupportedException("The Arrow file is big-endian.");
        var fields = schema.Vector(1, ReferenceSize);
        if (fields.Count == 0)
            throw new InvalidDataException("The Arrow schema has no columns.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<ArrowField>();
        for (var i = 0; i < fields.Count; i++)
        {
            var field = ReadField(fields.Table(i));
            if (!names.Add(field.Column.Name))
                throw new InvalidDataException($"The Arrow schema has two columns {field.Column.Name}.");
            columns.Add(field);
        }

        return new FileSchema(columns, ReadPairs(schema.Vector(2, ReferenceSize)));
    }

    static List<KeyValuePair<string, string>> ReadPairs(FlatVector vector)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < vector.Count; i++)
        {
            var pair = vector.Table(i);
            pairs.Add(new KeyValuePair<string, string>(pair.Text(0), pair.Text(1)));
        }

        return pairs;
    }

    static ArrowField ReadField(FlatTable field)
    {
        var name = field.Text(0);
        var type = (ArrowType)field.Byte(2);
        if (field.Vector(5, ReferenceSize).Count > 0)
            throw new NotSupportedException($"Column {name} is nested ({type}).");
        var column = new ColumnSchema(name, KindOf(type, field, name), field.Bool(1));
        if (!field.Has(4))
            return new ArrowField(column, type == ArrowType.LargeUtf8, null);
        if (column.Kind != ColumnKind.Utf8)
            throw new NotSupportedException($"Column {name} has a dictionary of {type}; only those of texts are read.");
        return new ArrowField(column, type == ArrowType.LargeUtf8, ReadIndices(field.Table(4, "dictionary"), name));
    }

    static ColumnKind KindOf(ArrowType type, FlatTable field, string name)
    {
        // Types without properties may come without a table.
        var properties = type is ArrowType.Int or ArrowType.FloatingPoint or ArrowType.Timestamp
            or ArrowType.Decimal
            ? field.Table(3, "properties of a type")
            : default;
        ColumnKind? kind = type switch
        {
            ArrowType.Bool => ColumnKind.Boolean,
            ArrowType.Utf8 or ArrowType.LargeUtf8 => ColumnKind.Utf8,
            ArrowType.Int when properties.Bool(1) && properties.Int32(0) == 32 => ColumnKind.Int32,
            ArrowType.Int when properties.Bool(1) && properties.Int32(0) == 64 => ColumnKind.Int64,
            ArrowType.FloatingPoint when properties.Int16(0) == DoublePrecision => ColumnKind.Double,
            ArrowType.Timestamp when properties.Int16(0) == Microsecond => ColumnKind.TimestampMicros,
            // Schema.fbs, Decimal: 128 bits where the width is left out.
            ArrowType.Decimal when properties.Int32(1) == DecimalScale && properties.Int32(2, 128) == 128 =>
                ColumnKind.Decimal,
            _ => null,
        };
        return kind ?? throw new NotSupportedException(
            $"Column {name} is {Describe(type, properties)}; read are booleans, signed integers of 32 and 64 bits, "
            + "doubles, decimals of 128 bits and 18 digits after the point, timestamps in microseconds, Utf8 and LargeUtf8.");
    }

    static string Describe(ArrowType type, FlatTable properties) => type switch
    {
        ArrowType.Int => $"{(properties.Bool(1) ? "Int" : "UInt")}{properties.Int32(0)}",
        ArrowType.Timestamp or ArrowType.FloatingPoint => $"{type} of another unit or precision",
        _ => type.ToString(),
    };

    static IndexEncoding ReadIndices(FlatTable encoding, string name)
    {
        if (encoding.Int16(3) != 0)
            throw new NotSupportedException($"Column {name} has a dictionary of a kind that is not read.");
        var id = encoding.Int64(0);
        // Schema.fbs, DictionaryEncoding: signed 32 bits where the type is left out.
        if (!encoding.Has(1))
            return new IndexEncoding(id, sizeof(int), IsSigned: true);
        var type = encoding.Table(1, "index type");
        var bits = type.Int32(0);
        return bits is 8 or 16 or 32 or 64
            ? new IndexEncoding(id, bits / 8, type.Bool(1))
            : throw new InvalidDataException($"Column {name} has dictionary indices of {bits} bits.");
    }
}
