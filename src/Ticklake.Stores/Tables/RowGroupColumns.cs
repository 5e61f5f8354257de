using System.Buffers;
using System.Text;
using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>
/// The column parts of one row group, gathered batch by batch, and the scratch arrays their conversions needed. Store
/// thread only. <see cref="Clear"/> takes the scratch back once the row group is written.
/// </summary>
public sealed class RowGroupColumns
{
    readonly List<ColumnPart>[] _columns;
    readonly List<double[]> _doubles = [];
    readonly List<Int128[]> _units = [];
    readonly List<bool[]> _bools = [];
    readonly TextRun?[] _runs;
    int _column;
    int _batchRows;

    public RowGroupColumns(IReadOnlyList<ColumnSchema> schema)
    {
        Schema = schema;
        _columns = [.. schema.Select(_ => new List<ColumnPart>())];
        _runs = new TextRun?[schema.Count];
    }

    public IReadOnlyList<ColumnSchema> Schema { get; }

    /// <summary>Parts by column, in schema order.</summary>
    public IReadOnlyList<IReadOnlyList<ColumnPart>> Columns => _columns;

    public int Rows { get; private set; }

    /// <summary>Numbers that the column's form cannot hold as the exchange sent them.</summary>
    public long InexactValues { get; private set; }

    /// <summary>Numbers with more digits than an exact decimal holds.</summary>
    public long RoundedValues { get; private set; }

    /// <summary>Forgets the row group: its parts must not be used any more.</summary>
    public void Clear()
    {
        foreach (var parts in _columns)
            parts.Clear();
        Return(_doubles);
        Return(_units);
        Return(_bools);
        foreach (var run in _runs)
            run?.Clear();
        Rows = 0;
        InexactValues = 0;
        RoundedValues = 0;
    }

    internal void BeginBatch(int rows)
    {
        _column = 0;
        _batchRows = rows;
    }

    internal void EndBatch()
    {
        if (_column != _columns.Length)
            throw new InvalidOperationException($"{_column} columns for a table of {_columns.Length}.");
        Rows += _batchRows;
    }

    /// <summary>Adds the batch's part of the next column.</summary>
    internal void Add(ColumnPart part) => _columns[_column++].Add(part);

    internal void AddNull() => Add(ConstantPart.Null(_batchRows));

    internal void AddConstant(byte[]? text) =>
        Add(text is null ? ConstantPart.Null(_batchRows) : ConstantPart.Of(text, _batchRows));

    internal void AddConstant(long? number) =>
        Add(number is { } value ? ConstantPart.Of(value, _batchRows) : ConstantPart.Null(_batchRows));

    /// <summary>Adds numbers of which <see cref="EventStamp.None"/> stands for null.</summary>
    internal void AddNullable(long[] values)
    {
        var rows = values.AsSpan(0, _batchRows);
        if (!rows.Contains(EventStamp.None))
            Add(new Int64Part(values, _batchRows));
        else if (!rows.ContainsAnyExcept(EventStamp.None))
            AddNull();
        else
        {
            var isNull = Rent(_bools);
            for (var i = 0; i < rows.Length; i++)
                isNull[i] = rows[i] == EventStamp.None;
            Add(new Int64Part(values, _batchRows, isNull));
        }
    }

    /// <summary>Adds counts of which negative ones stand for null.</summary>
    internal void AddNullable(int[] values)
    {
        var rows = values.AsSpan(0, _batchRows);
        if (!rows.ContainsAnyInRange(int.MinValue, -1))
            Add(new Int32Part(values, _batchRows));
        else if (!rows.ContainsAnyInRange(0, int.MaxValue))
            AddNull();
        else
        {
            var isNull = Rent(_bools);
            for (var i = 0; i < rows.Length; i++)
                isNull[i] = rows[i] < 0;
            Add(new Int32Part(values, _batchRows, isNull));
        }
    }

    /// <summary>Adds numbers in the form the column has, counting those that lose something.</summary>
    internal void AddDecimals(ExactDecimal[] values)
    {
        switch (Schema[_column].Kind)
        {
            case ColumnKind.Utf8:
                AddNumberTexts(values);
                break;
            case ColumnKind.Decimal:
                AddUnits(values);
                break;
            default:
                AddDoubles(values);
                break;
        }
    }

    void AddDoubles(ExactDecimal[] values)
    {
        var doubles = Rent(_doubles);
        bool[]? isNull = null;
        for (var i = 0; i < _batchRows; i++)
        {
            ref readonly var value = ref values[i];
            if (value.TryToExactDouble(out doubles[i]))
                continue;
            if (value.IsNone)
            {
                isNull ??= RentCleared();
                isNull[i] = true;
                continue;
            }

            doubles[i] = value.ToDouble();
            CountLosses(value);
        }

        Add(new DoublePart(doubles, _batchRows, isNull));
    }

    /// <summary>Adds texts out of a fixed list.</summary>
    internal void AddCodes(byte[] codes, byte[][] dictionary)
    {
        var run = Run();
        run.AddCodes(codes.AsSpan(0, _batchRows));
        Replace(run.ToPart(dictionary));
    }

    /// <summary>Adds texts out of a fixed list, of which the first stands for null.</summary>
    internal void AddMaybeCodes(byte[] codes, byte[][] dictionary)
    {
        var run = Run();
        foreach (var code in codes.AsSpan(0, _batchRows))
        {
            var text = dictionary[code];
            text.CopyTo(run.Room(text.Length));
            run.EndText(text.Length, isNull: code == 0);
        }

        Replace(run.ToPart());
    }

    /// <summary>Adds trade ids as text; none given is null.</summary>
    internal void AddTradeIds(in TradeIdLane ids)
    {
        var run = Run();
        for (var row = 0; row < _batchRows; row++)
        {
            var id = ids[row];
            var length = id.Format(run.Room(TradeId.MaxTextLength));
            run.EndText(length, id.IsNone);
        }

        Replace(run.ToPart());
    }

    /// <summary>Adds texts of a rare table.</summary>
    internal void AddTexts(string[] texts)
    {
        var run = Run();
        foreach (var text in texts.AsSpan(0, _batchRows))
            run.EndText(Encoding.UTF8.GetBytes(text, run.Room(Encoding.UTF8.GetByteCount(text))), isNull: false);
        Replace(run.ToPart());
    }

    void AddUnits(ExactDecimal[] values)
    {
        var units = Rent(_units);
        bool[]? isNull = null;
        for (var i = 0; i < _batchRows; i++)
        {
            ref readonly var value = ref values[i];
            if (!DecimalUnits.TryFrom(value, out units[i]) || value.IsRounded)
                InexactValues++;
            if (value.IsRounded)
                RoundedValues++;
            if (!value.IsNone)
                continue;
            isNull ??= RentCleared();
            isNull[i] = true;
        }

        Add(new DecimalPart(units, _batchRows, isNull));
    }

    void AddNumberTexts(ExactDecimal[] values)
    {
        var run = Run();
        foreach (ref readonly var value in values.AsSpan(0, _batchRows))
        {
            run.EndText(value.FormatOriginal(run.Room(ExactDecimal.MaxTextLength)), value.IsNone);
            if (value.IsRounded)
                RoundedValues++;
        }

        Replace(run.ToPart());
    }

    void CountLosses(in ExactDecimal value)
    {
        if (!value.IsExactAsDouble())
            InexactValues++;
        if (value.IsRounded)
            RoundedValues++;
    }

    // Texts of all batches make one part: the file's writer looks at a part's texts to choose how to write them, and
    // what it chooses must not depend on where batches begin.
    TextRun Run() => _runs[_column] ??= new TextRun();

    void Replace(ColumnPart part)
    {
        _columns[_column].Clear();
        Add(part);
    }

    bool[] RentCleared()
    {
        var flags = Rent(_bools);
        flags.AsSpan(0, _batchRows).Clear();
        return flags;
    }

    T[] Rent<T>(List<T[]> lent)
    {
        var array = ArrayPool<T>.Shared.Rent(_batchRows);
        lent.Add(array);
        return array;
    }

    static void Return<T>(List<T[]> lent)
    {
        foreach (var array in lent)
            ArrayPool<T>.Shared.Return(array);
        lent.Clear();
    }
}
