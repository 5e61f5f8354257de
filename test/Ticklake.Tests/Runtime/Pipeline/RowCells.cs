using System.Text;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Stores.Tables;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>
/// Every cell of one stream's rows, column by column, as they would go into a segment; texts by a hash of 64 bits.
/// </summary>
sealed class RowCells(IReadOnlyList<ColumnSchema> schema)
{
    // No number of a recording and no bits of a double.
    const long Null = long.MinValue + 77;

    readonly List<long>[] _columns = [.. schema.Select(_ => new List<long>())];

    public int Rows => _columns[0].Count;

    public List<long> this[string column] => _columns[schema.ToList().FindIndex(x => x.Name == column)];

    public static long Of(string text) => (long)RowHash.Of(Encoding.UTF8.GetBytes(text));

    public void Add(RowBatch batch)
    {
        var columns = new RowGroupColumns(schema);
        batch.ToColumns(columns);
        for (var i = 0; i < _columns.Length; i++)
        {
            foreach (var part in columns.Columns[i])
                Add(_columns[i], part);
        }

        columns.Clear();
        _columns.ShouldAllBe(x => x.Count == Rows);
    }

    /// <summary>Adds the other's rows that are wanted.</summary>
    public void Add(RowCells other, Predicate<int> isWanted)
    {
        for (var row = 0; row < other.Rows; row++)
        {
            if (!isWanted(row))
                continue;
            for (var i = 0; i < _columns.Length; i++)
                _columns[i].Add(other._columns[i][row]);
        }
    }

    /// <summary>Fails at the first cell that differs, naming column and row.</summary>
    public void ShouldBe(RowCells other, string what)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var (own, others) = (_columns[i], other._columns[i]);
            var same = own.Zip(others).TakeWhile(x => x.First == x.Second).Count();
            (same == own.Count && same == others.Count).ShouldBeTrue(
                $"{what}: {schema[i].Name} differs in row {same} of {own.Count} and {others.Count}");
        }
    }

    static void Add(List<long> cells, ColumnPart part)
    {
        switch (part)
        {
            case ConstantPart p:
                var value = p.IsNull ? Null : p.Text is { } text ? (long)RowHash.Of(text) : p.Number!.Value;
                cells.AddRange(Enumerable.Repeat(value, p.Count));
                break;
            case Int64Part p:
                Add(cells, p.Count, p.IsNull, p.Values);
                break;
            case Int32Part p:
                Add(cells, p.Count, p.IsNull, [.. p.Values.ToArray().Select(x => (long)x)]);
                break;
            case DoublePart p:
                Add(cells, p.Count, p.IsNull, [.. p.Values.ToArray().Select(BitConverter.DoubleToInt64Bits)]);
                break;
            case BooleanPart p:
                Add(cells, p.Count, p.IsNull, [.. p.Values.ToArray().Select(x => x ? 1L : 0)]);
                break;
            case CodedUtf8Part p:
                foreach (var code in p.Codes)
                    cells.Add((long)RowHash.Of(p.Dictionary[code]));
                break;
            case Utf8Part p:
                for (var i = 0; i < p.Count; i++)
                    cells.Add(p.IsNull is { IsEmpty: false } n && n[i] ? Null : (long)RowHash.Of(p.Bytes[p.Offsets[i]..p.Offsets[i + 1]]));
                break;
            default:
                throw new NotSupportedException(part.GetType().Name);
        }
    }

    static void Add(List<long> cells, int count, ReadOnlySpan<bool> isNull, ReadOnlySpan<long> values)
    {
        for (var i = 0; i < count; i++)
            cells.Add(!isNull.IsEmpty && isNull[i] ? Null : values[i]);
    }
}
