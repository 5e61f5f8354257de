using System.Text;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;

namespace Ticklake.Tests.Columnar;

/// <summary>
/// Columns of every kind with random values in random parts, and what a reader must find in them. The seed belongs in
/// the
/// message of a failing test.
/// </summary>
sealed class RandomTable(int seed)
{
    static readonly long[] Extremes = [long.MinValue, long.MaxValue, 0, -1, 1, int.MinValue, int.MaxValue];

    static readonly double[] OddDoubles =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, double.Epsilon, double.MaxValue,
        double.MinValue, 1e21, 1e-7, 0.1, 123456789.123,
    ];

    static readonly Int128 LargestDecimal = (Int128)Math.Pow(10, 19) * (Int128)Math.Pow(10, 19) - 1;

    static readonly Int128[] OddDecimals =
    [
        0, 1, -1, LargestDecimal, -LargestDecimal, (Int128)1 << 64, -((Int128)1 << 64), long.MinValue, long.MaxValue,
    ];

    static readonly string[] OddTexts = ["", "ü", "\U0001F600", "\0", "a\nb", "日本語", new('x', 300), new('é', 80)];

    readonly Random _random = new(seed);

    public List<ColumnSchema> Schema { get; } = [];

    public List<List<ColumnPart>> Columns { get; } = [];

    /// <summary>The expected values, column by column, in the form <see cref="ColumnValues"/> gives them.</summary>
    public List<List<object?>> Expected { get; } = [];

    /// <summary>A table of so many rows with a nullable and a required column of each kind.</summary>
    public static RandomTable Of(int seed, int rows)
    {
        var table = new RandomTable(seed);
        foreach (var kind in Enum.GetValues<ColumnKind>())
        {
            table.AddColumn(new ColumnSchema($"{kind}_required", kind), rows);
            table.AddColumn(new ColumnSchema($"{kind}_nullable", kind, true), rows);
        }

        return table;
    }

    public void AddColumn(ColumnSchema column, int rows)
    {
        Schema.Add(column);
        Columns.Add([]);
        Expected.Add([]);
        do
        {
            var left = rows - Expected[^1].Count;
            var count = _random.Next(3) == 0 ? left : _random.Next(left + 1);
            if (_random.Next(3) == 0 && (column.Kind != ColumnKind.Decimal || column.IsNullable))
                AddConstant(column, count);
            else
                AddPart(column, count);
        }
        while (Expected[^1].Count < rows);
    }

    public byte[] Write(ParquetWriterOptions options)
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, Schema, options);
        writer.WriteRowGroup(Columns);
        writer.Finish([]);
        return stream.ToArray();
    }

    void AddConstant(ColumnSchema column, int count)
    {
        if (column.Kind == ColumnKind.Decimal || (column.IsNullable && _random.Next(2) == 0))
        {
            Add(ConstantPart.Null(count), Enumerable.Repeat<object?>(null, count));
            return;
        }

        if (column.Kind == ColumnKind.Utf8)
        {
            var text = RandomText();
            Add(ConstantPart.Of(Encoding.UTF8.GetBytes(text), count), Enumerable.Repeat<object?>(text, count));
            return;
        }

        var number = column.Kind switch
        {
            ColumnKind.Boolean => _random.Next(2),
            ColumnKind.Int32 => _random.Next(int.MinValue, int.MaxValue),
            ColumnKind.Double => _random.Next(-5, 5),
            _ => Extremes[_random.Next(Extremes.Length)],
        };
        object value = column.Kind switch
        {
            ColumnKind.Boolean => number == 1,
            ColumnKind.Int32 => (int)number,
            ColumnKind.Double => (double)number,
            _ => number,
        };
        Add(ConstantPart.Of(number, count), Enumerable.Repeat<object?>(value, count));
    }

    void AddPart(ColumnSchema column, int count)
    {
        var isNull = column.IsNullable && _random.Next(3) > 0 ? RandomNulls(count) : null;
        switch (column.Kind)
        {
            case ColumnKind.Boolean:
                var odds = _random.Next(1, 60);
                var booleans = Fill(count, () => _random.Next(odds) == 0);
                Add(new BooleanPart(booleans, count, isNull), Nulled(booleans, isNull));
                break;
            case ColumnKind.Int32:
                var ints = Array.ConvertAll(RandomNumbers(count), value => unchecked((int)value));
                Add(new Int32Part(ints, count, isNull), Nulled(ints, isNull));
                break;
            case ColumnKind.Double:
                var doubles = RandomDoubles(count);
                Add(new DoublePart(doubles, count, isNull), Nulled(doubles, isNull));
                break;
            case ColumnKind.Decimal:
                var decimals = RandomDecimals(count);
                Add(new DecimalPart(decimals, count, isNull), Nulled(decimals, isNull));
                break;
            case ColumnKind.Utf8:
                AddTexts(count, isNull);
                break;
            default:
                var longs = RandomNumbers(count);
                Add(new Int64Part(longs, count, isNull), Nulled(longs, isNull));
                break;
        }
    }

    void AddTexts(int count, bool[]? isNull)
    {
        if (_random.Next(2) == 0)
        {
            var entries = Enumerable.Range(0, _random.Next(1, 6)).Select(i => $"{RandomText()}{i}").ToArray();
            var codes = Fill(count, () => (byte)_random.Next(entries.Length));
            var dictionary = Array.ConvertAll(entries, Encoding.UTF8.GetBytes);
            Add(new CodedUtf8Part(codes, dictionary, count), codes.Select(code => (object?)entries[code]));
            return;
        }

        var kinds = _random.Next(1, 3) * _random.Next(1, 5000);
        var texts = Fill(count, () => _random.Next(50) == 0 ? RandomText() : $"text {_random.Next(kinds)}");
        var bytes = new List<byte>();
        var offsets = new int[count + 1];
        for (var i = 0; i < count; i++)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(texts[i]));
            offsets[i + 1] = bytes.Count;
        }

        Add(new Utf8Part([.. bytes], offsets, count, isNull), Nulled(texts, isNull));
    }

    long[] RandomNumbers(int count)
    {
        var shape = _random.Next(5);
        var last = 1737100800000000L;
        return Fill(count, () => shape switch
        {
            0 => last += _random.Next(1000),
            1 => _random.NextInt64(long.MinValue, long.MaxValue),
            2 => Extremes[_random.Next(Extremes.Length)],
            3 => _random.Next(40),
            _ => last += _random.Next(20) == 0 ? _random.Next(-50, 50) : 0,
        });
    }

    double[] RandomDoubles(int count)
    {
        var shape = _random.Next(3);
        return Fill(count, () => shape switch
        {
            0 => OddDoubles[_random.Next(OddDoubles.Length)],
            1 => BitConverter.Int64BitsToDouble(_random.NextInt64(0x0010000000000000, 0x7FE0000000000000)),
            _ => Math.Round(_random.NextDouble() * 100, 2),
        });
    }

    Int128[] RandomDecimals(int count)
    {
        var shape = _random.Next(4);
        var unit = (Int128)Math.Pow(10, _random.Next(18));
        return Fill(count, () => shape switch
        {
            0 => OddDecimals[_random.Next(OddDecimals.Length)],
            1 => _random.NextInt64() * (Int128)_random.Next(int.MinValue, int.MaxValue),
            2 => unit * _random.Next(-40, 40),
            _ => unit * _random.NextInt64(1L << 40),
        });
    }

    bool[] RandomNulls(int count)
    {
        var odds = _random.Next(1, 100);
        return Fill(count, () => _random.Next(odds) == 0);
    }

    string RandomText() => OddTexts[_random.Next(OddTexts.Length)];

    static T[] Fill<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = next();
        return values;
    }

    static IEnumerable<object?> Nulled<T>(T[] values, bool[]? isNull) =>
        values.Select((value, i) => isNull is not null && isNull[i] ? null : (object?)value);

    void Add(ColumnPart part, IEnumerable<object?> values)
    {
        Columns[^1].Add(part);
        Expected[^1].AddRange(values);
    }
}
