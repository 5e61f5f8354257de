using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>
/// Reads a file's schema and says by name which column is nested or of a kind this library does not know.
/// </summary>
static class SchemaReader
{
    const int ConvertedDecimal = 5;

    public static FileSchema Read(ref CompactReader thrift, CompactType type)
    {
        var columns = new List<StoredColumn>();
        var refused = new List<KeyValuePair<string, string>>();
        var left = (long)thrift.ReadList(type, CompactType.Struct);
        if (left == 0)
            return new FileSchema(columns, refused, 0);
        var root = ReadElement(ref thrift);
        left--;
        var leaves = 0;
        for (var columnsLeft = root.Children; columnsLeft > 0 && left > 0; columnsLeft--)
        {
            var element = ReadElement(ref thrift);
            left--;
            var leaf = leaves;
            leaves += SkipChildren(ref thrift, element, ref left);
            if (Fault(element) is { } fault)
                refused.Add(new(element.Name, $"Column {element.Name} {fault}"));
            else
                columns.Add(ToColumn(element, leaf));
        }

        if (left != 0)
            throw new InvalidDataException("The Parquet schema has more elements than its groups name.");
        return new FileSchema(columns, refused, leaves);
    }

    // The number of leaves below an element that was read, or 1 where it is one itself.
    static int SkipChildren(ref CompactReader thrift, in Element element, ref long left)
    {
        if (element.Children <= 0)
            return 1;
        var leaves = 0;
        for (long open = element.Children; open > 0; open--)
        {
            if (left-- == 0)
                throw new InvalidDataException($"Column {element.Name} has fewer children than it claims.");
            var child = ReadElement(ref thrift);
            if (child.Children > 0)
                open += child.Children;
            else
                leaves++;
        }

        return leaves;
    }

    static string? Fault(in Element element)
    {
        const int Repeated = 2;
        if (element.Children > 0 || element.Repetition == Repeated)
            return "is nested or repeated; only flat ones are read.";
        if (element.Repetition is < 0 or > Repeated)
            throw new InvalidDataException($"Column {element.Name} does not say whether it may be null.");
        return FormOf(element) is not null ? null
            : $"is {(PhysicalType)element.Type} with a logical type that is not read here "
                + $"(converted type {element.Converted}).";
    }

    static StoredColumn ToColumn(in Element element, int leaf)
    {
        var (kind, form) = FormOf(element)!.Value;
        var column = new ColumnSchema(element.Name, kind, element.Repetition == 1);
        return new StoredColumn(column, (PhysicalType)element.Type, form, leaf);
    }

    static (ColumnKind Kind, ValueForm Form)? FormOf(in Element element) =>
        // ConvertedType: UTF8 0, ENUM 4, DECIMAL 5, DATE 6, TIMESTAMP_MILLIS 9, TIMESTAMP_MICROS 10, UINT_8 … UINT_64 11 … 14,
        // INT_8 … INT_64 15 … 18, JSON 19.
        ((PhysicalType)element.Type, element.Logical, element.Converted) switch
        {
            (PhysicalType.Boolean, Logical.None, < 0) => (ColumnKind.Boolean, ValueForm.AsIs),
            (PhysicalType.Int32, Logical.None, < 0 or (>= 15 and <= 17)) => (ColumnKind.Int32, ValueForm.AsIs),
            (PhysicalType.Int32, Logical.Signed, _) => (ColumnKind.Int32, ValueForm.AsIs),
            (PhysicalType.Int32, Logical.None, >= 11 and <= 13) => (ColumnKind.Int64, ValueForm.Unsigned),
            (PhysicalType.Int32, Logical.Unsigned, _) => (ColumnKind.Int64, ValueForm.Unsigned),
            (PhysicalType.Int32, Logical.Date, _) => (ColumnKind.TimestampMicros, ValueForm.Days),
            (PhysicalType.Int32, Logical.None, 6) => (ColumnKind.TimestampMicros, ValueForm.Days),
            (PhysicalType.Int64, Logical.None, < 0 or 18) => (ColumnKind.Int64, ValueForm.AsIs),
            (PhysicalType.Int64, Logical.Signed, _) => (ColumnKind.Int64, ValueForm.AsIs),
            (PhysicalType.Int64, Logical.None, 14) => (ColumnKind.Int64, ValueForm.Unsigned),
            (PhysicalType.Int64, Logical.Unsigned, _) => (ColumnKind.Int64, ValueForm.Unsigned),
            (PhysicalType.Int64, Logical.Millis, _) => (ColumnKind.TimestampMicros, ValueForm.Millis),
            (PhysicalType.Int64, Logical.None, 9) => (ColumnKind.TimestampMicros, ValueForm.Millis),
            (PhysicalType.Int64, Logical.Micros, _) => (ColumnKind.TimestampMicros, ValueForm.AsIs),
            (PhysicalType.Int64, Logical.None, 10) => (ColumnKind.TimestampMicros, ValueForm.AsIs),
            (PhysicalType.Int64, Logical.Nanos, _) => (ColumnKind.TimestampMicros, ValueForm.Nanos),
            (PhysicalType.Float or PhysicalType.Double, Logical.None, < 0) => (ColumnKind.Double, ValueForm.AsIs),
            (PhysicalType.ByteArray, Logical.Text, _) => (ColumnKind.Utf8, ValueForm.AsIs),
            (PhysicalType.ByteArray, Logical.None, 0 or 4 or 19) => (ColumnKind.Utf8, ValueForm.AsIs),
            (PhysicalType.FixedLengthByteArray, Logical.Decimal, < 0 or ConvertedDecimal)
                when element is { TypeLength: ColumnTypes.DecimalBytes } => (ColumnKind.Decimal, ValueForm.AsIs),
            (PhysicalType.FixedLengthByteArray, Logical.None, ConvertedDecimal)
                when element is { TypeLength: ColumnTypes.DecimalBytes, Scale: ColumnTypes.DecimalScale } =>
                (ColumnKind.Decimal, ValueForm.AsIs),
            _ => null,
        };

    static Element ReadElement(ref CompactReader thrift)
    {
        var element = new Element { Name = "", Type = -1, Repetition = -1, Converted = -1 };
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    element.Type = thrift.ReadInt32(type);
                    break;
                case 2:
                    element.TypeLength = thrift.ReadInt32(type);
                    break;
                case 3:
                    element.Repetition = thrift.ReadInt32(type);
                    break;
                case 4:
                    element.Name = thrift.ReadText(type);
                    break;
                case 5:
                    element.Children = thrift.ReadInt32(type);
                    break;
                case 6:
                    element.Converted = thrift.ReadInt32(type);
                    break;
                case 7:
                    element.Scale = thrift.ReadInt32(type);
                    break;
                case 10:
                    thrift.ExpectStruct(type);
                    element.Logical = ReadLogical(ref thrift);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return element;
    }

    // LogicalType is a union: STRING 1, ENUM 4, DECIMAL 5, DATE 6, TIMESTAMP 8, INTEGER 10, JSON 12.
    static Logical ReadLogical(ref CompactReader thrift)
    {
        var logical = Logical.None;
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            logical = field switch
            {
                1 or 4 or 12 => Logical.Text,
                5 => ReadDecimal(ref thrift, type),
                6 => Logical.Date,
                8 => ReadTimestamp(ref thrift, type),
                10 => ReadInteger(ref thrift, type),
                _ => Logical.Other,
            };
            if (field is not (5 or 8 or 10))
                thrift.Skip(type);
        }

        return logical;
    }

    static Logical ReadDecimal(ref CompactReader thrift, CompactType type)
    {
        thrift.ExpectStruct(type);
        var scale = -1;
        short field = 0;
        while (thrift.NextField(ref field, out var inner))
        {
            if (field == 1)
                scale = thrift.ReadInt32(inner);
            else
                thrift.Skip(inner);
        }

        return scale == ColumnTypes.DecimalScale ? Logical.Decimal : Logical.Other;
    }

    static Logical ReadTimestamp(ref CompactReader thrift, CompactType type)
    {
        thrift.ExpectStruct(type);
        var logical = Logical.Other;
        short field = 0;
        while (thrift.NextField(ref field, out var inner))
        {
            if (field != 2)
            {
                thrift.Skip(inner);
                continue;
            }

            thrift.ExpectStruct(inner);
            short unit = 0;
            while (thrift.NextField(ref unit, out var unitType))
            {
                logical = unit switch
                {
                    1 => Logical.Millis,
                    2 => Logical.Micros,
                    3 => Logical.Nanos,
                    _ => Logical.Other,
                };
                thrift.Skip(unitType);
            }
        }

        return logical;
    }

    static Logical ReadInteger(ref CompactReader thrift, CompactType type)
    {
        thrift.ExpectStruct(type);
        var logical = Logical.Other;
        short field = 0;
        while (thrift.NextField(ref field, out var inner))
        {
            if (field == 2)
                logical = thrift.ReadBool(inner) ? Logical.Signed : Logical.Unsigned;
            else
                thrift.Skip(inner);
        }

        return logical;
    }

    enum Logical
    {
        None,
        Text,
        Date,
        Millis,
        Micros,
        Nanos,
        Signed,
        Unsigned,
        Decimal,
        Other,
    }

    struct Element
    {
        public string Name;
        public int Type;
        public int Repetition;
        public int Children;
        public int TypeLength;
        public int Scale;
        public int Converted;
        public Logical Logical;
    }
}
