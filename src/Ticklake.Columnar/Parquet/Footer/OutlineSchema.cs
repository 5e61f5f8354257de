using System.Globalization;
using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>The leaves of any schema, nested ones too, with their types as the specification writes them.</summary>
static class OutlineSchema
{
    const int DeepestNesting = 64;

    static readonly string[] Physical =
        ["BOOLEAN", "INT32", "INT64", "INT96", "FLOAT", "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"];

    static readonly string[] Converted =
    [
        "UTF8", "MAP", "MAP_KEY_VALUE", "LIST", "ENUM", "DECIMAL", "DATE", "TIME_MILLIS", "TIME_MICROS", "TIMESTAMP_MILLIS",
        "TIMESTAMP_MICROS", "UINT_8", "UINT_16", "UINT_32", "UINT_64", "INT_8", "INT_16", "INT_32", "INT_64", "JSON", "BSON",
        "INTERVAL",
    ];

    // LogicalType is a union; the field's number is the type.
    static readonly string[] Logical =
    [
        "", "STRING", "MAP", "LIST", "ENUM", "DECIMAL", "DATE", "TIME", "TIMESTAMP", "", "INTEGER", "UNKNOWN", "JSON", "BSON", "UUID",
        "FLOAT16", "VARIANT", "GEOMETRY", "GEOGRAPHY",
    ];

    static readonly string[] Units = ["", "MILLIS", "MICROS", "NANOS"];

    public static IReadOnlyList<ParquetLeaf> Read(ref CompactReader thrift, CompactType type)
    {
        var elements = new List<Element>();
        for (var left = thrift.ReadList(type, CompactType.Struct); left > 0; left--)
            elements.Add(ReadElement(ref thrift));
        var leaves = new List<ParquetLeaf>();
        var at = 0;
        if (elements.Count > 0)
            Walk(elements, ref at, "", isRoot: true, leaves, 0);
        return leaves;
    }

    static void Walk(List<Element> elements, ref int at, string path, bool isRoot, List<ParquetLeaf> leaves, int depth)
    {
        if (at >= elements.Count || depth > DeepestNesting)
            throw new InvalidDataException("The schema of the Parquet footer contradicts itself.");
        var element = elements[at++];
        var name = isRoot ? "" : path.Length == 0 ? element.Name : $"{path}.{element.Name}";
        if (element.Children == 0 && !isRoot)
        {
            leaves.Add(new ParquetLeaf(name, element.Physical, element.Logical ?? element.Converted ?? "", element.Repetition));
            return;
        }

        for (var child = 0; child < element.Children; child++)
            Walk(elements, ref at, name, isRoot: false, leaves, depth + 1);
    }

    static Element ReadElement(ref CompactReader thrift)
    {
        var element = new Element("", "", "required", 0, null, null);
        var (precision, scale, length) = (0, 0, 0);
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field is 1 or 2 or 3 or 5 or 6 or 7 or 8)
            {
                var number = thrift.ReadInt32(type);
                (precision, scale, length) = (field == 8 ? number : precision, field == 7 ? number : scale, field == 2 ? number : length);
                element = With(element, field, number);
            }
            else if (field == 4)
                element = element with { Name = thrift.ReadText(type) };
            else if (field == 10)
            {
                thrift.ExpectStruct(type);
                element = element with { Logical = ReadLogical(ref thrift) };
            }
            else
                thrift.Skip(type);
        }

        if (element.Converted == "DECIMAL")
            element = element with { Converted = string.Create(CultureInfo.InvariantCulture, $"DECIMAL({precision},{scale})") };
        return length > 0
            ? element with { Physical = string.Create(CultureInfo.InvariantCulture, $"{element.Physical}({length})") }
            : element;
    }

    static Element With(Element element, short field, int number) => field switch
    {
        1 => element with { Physical = Name(Physical, number) },
        3 => element with { Repetition = Name(["required", "optional", "repeated"], number) },
        5 => element with { Children = number },
        6 => element with { Converted = Name(Converted, number) },
        _ => element,
    };

    static string ReadLogical(ref CompactReader thrift)
    {
        var logical = "";
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            logical = Name(Logical, field);
            thrift.ExpectStruct(type);
            logical += field switch
            {
                5 => ReadDecimal(ref thrift),
                7 or 8 => ReadTime(ref thrift),
                10 => ReadInteger(ref thrift),
                _ => SkipAll(ref thrift),
            };
        }

        return logical;
    }

    static string SkipAll(ref CompactReader thrift)
    {
        short field = 0;
        while (thrift.NextField(ref field, out var type))
            thrift.Skip(type);
        return "";
    }

    static string ReadDecimal(ref CompactReader thrift)
    {
        var (precision, scale) = (0, 0);
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
                scale = thrift.ReadInt32(type);
            else if (field == 2)
                precision = thrift.ReadInt32(type);
            else
                thrift.Skip(type);
        }

        return string.Create(CultureInfo.InvariantCulture, $"({precision},{scale})");
    }

    static string ReadTime(ref CompactReader thrift)
    {
        var (isUtc, unit) = (false, "");
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
                isUtc = thrift.ReadBool(type);
            else if (field == 2)
            {
                thrift.ExpectStruct(type);
                short inner = 0;
                while (thrift.NextField(ref inner, out var innerType))
                {
                    unit = Name(Units, inner);
                    thrift.Skip(innerType);
                }
            }
            else
                thrift.Skip(type);
        }

        return isUtc ? $"({unit},UTC)" : $"({unit})";
    }

    static string ReadInteger(ref CompactReader thrift)
    {
        var (bits, isSigned) = (0, true);
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
                bits = thrift.ReadInt8(type);
            else if (field == 2)
                isSigned = thrift.ReadBool(type);
            else
                thrift.Skip(type);
        }

        return string.Create(CultureInfo.InvariantCulture, $"({bits},{(isSigned ? "signed" : "unsigned")})");
    }

    static string Name(string[] names, int number) =>
        number >= 0 && number < names.Length && names[number].Length > 0 ? names[number] : $"number {number}";

    sealed record Element(string Name, string Physical, string Repetition, int Children, string? Converted, string? Logical);
}
