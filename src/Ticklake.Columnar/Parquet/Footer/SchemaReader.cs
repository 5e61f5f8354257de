using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>
/// Reads the schema of a flat file and says by name which column is of a kind this library does not know.
/// </summary>
static class SchemaReader
{
    public static IReadOnlyList<ColumnSchema> Read(ref CompactReader thrift, CompactType type)
    {
        var count = thrift.ReadList(type, CompactType.Struct);
        if (count == 0)
            return [];
        var root = ReadElement(ref thrift);
        if (root.Children != count - 1)
            throw new NotSupportedException("The Parquet file has nested columns; only flat ones are read.");
        var columns = new List<ColumnSchema>();
        for (var i = 1; i < count; i++)
            columns.Add(ToColumn(ReadElement(ref thrift)));
        return columns;
    }

    static ColumnSchema ToColumn(in Element element)
    {
        const int Repeated = 2;
        if (element.Children > 0 || element.Repetition == Repeated)
            throw new NotSupportedException($"Column {element.Name} is nested or repeated; only flat ones are read.");
        if (element.Repetition is < 0 or > Repeated)
            throw new InvalidDataException($"Column {element.Name} does not say whether it may be null.");
        return new ColumnSchema(element.Name, KindOf(element), element.Repetition == 1);
    }

    static ColumnKind KindOf(in Element element)
    {
        const int ConvertedDecimal = 5;
        // ConvertedType: UTF8 0, ENUM 4, DECIMAL 5, TIMESTAMP_MICROS 10, INT_8 … INT_64 15 … 18, JSON 19.
        var kind = ((PhysicalType)element.Type, element.Logical, element.Converted) switch
        {
            (PhysicalType.Boolean, Logical.None, < 0) => ColumnKind.Boolean,
            (PhysicalType.Int32, Logical.None or Logical.SignedInteger, < 0 or (>= 15 and <= 17)) => ColumnKind.Int32,
            (PhysicalType.Int64, Logical.None or Logical.SignedInteger, < 0 or 18) => ColumnKind.Int64,
            (PhysicalType.Int64, Logical.TimestampMicros, _) => ColumnKind.TimestampMicros,
            (PhysicalType.Int64, Logical.None, 10) => ColumnKind.TimestampMicros,
            (PhysicalType.Double, Logical.None, < 0) => ColumnKind.Double,
            (PhysicalType.ByteArray, Logical.Text, _) => ColumnKind.Utf8,
            (PhysicalType.ByteArray, Logical.None, 0 or 4 or 19) => ColumnKind.Utf8,
            (PhysicalType.FixedLengthByteArray, Logical.Decimal or Logical.None, ConvertedDecimal)
                when element is { TypeLength: ColumnTypes.DecimalBytes, Scale: ColumnTypes.DecimalScale } =>
                ColumnKind.Decimal,
            (PhysicalType.FixedLengthByteArray, Logical.Decimal, < 0)
                when element is { TypeLength: ColumnTypes.DecimalBytes } => ColumnKind.Decimal,
            _ => (ColumnKind?)null,
        };
        return kind ?? throw new NotSupportedException(
            $"Column {element.Name} is {(PhysicalType)element.Type} with a logical type that is not read here "
            + $"(converted type {element.Converted}).");
    }

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

    // LogicalType is a union: STRING 1, ENUM 4, DECIMAL 5, TIMESTAMP 8, INTEGER 10, JSON 12.
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
                8 => ReadTimestamp(ref thrift, type),
                10 => ReadInteger(ref thrift, type),
                _ => Logical.Other,
            };
            if (field is not (5 or 8 or 10))
                thrift.Skip(type);
        }

        return logical;
    }

    static Logical ReadTimestamp(ref CompactReader thrift, CompactType type)
    {
        thrift.ExpectStruct(type);
        var isMicros = false;
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
                isMicros = unit == 2;
                thrift.Skip(unitType);
            }
        }

        return isMicros ? Logical.TimestampMicros : Logical.Other;
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

    static Logical ReadInteger(ref CompactReader thrift, CompactType type)
    {
        thrift.ExpectStruct(type);
        var isSigned = false;
        short field = 0;
        while (thrift.NextField(ref field, out var inner))
        {
            if (field == 2)
                isSigned = thrift.ReadBool(inner);
            else
                thrift.Skip(inner);
        }

        return isSigned ? Logical.SignedInteger : Logical.Other;
    }

    enum Logical
    {
        None,
        Text,
        TimestampMicros,
        SignedInteger,
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
