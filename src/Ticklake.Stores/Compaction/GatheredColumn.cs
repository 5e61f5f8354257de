using Ticklake.Columnar;

namespace Ticklake.Stores.Compaction;

/// <summary>Rows of one column taken out of files, on their way into a row group. One thread.</summary>
abstract class GatheredColumn
{
    bool[] _isNull = [];
    bool _hasNulls;

    protected int Count { get; private set; }

    protected bool[]? NullFlags => _hasNulls ? _isNull : null;

    public static GatheredColumn Of(ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => new GatheredNumbers<bool>((values, count, isNull) => new BooleanPart(values, count, isNull)),
        ColumnKind.Int32 => new GatheredNumbers<int>((values, count, isNull) => new Int32Part(values, count, isNull)),
        ColumnKind.Int64 or ColumnKind.TimestampMicros =>
            new GatheredNumbers<long>((values, count, isNull) => new Int64Part(values, count, isNull)),
        ColumnKind.Double => new GatheredNumbers<double>((values, count, isNull) => new DoublePart(values, count, isNull)),
        ColumnKind.Decimal =>
            new GatheredNumbers<Int128>((values, count, isNull) => new DecimalPart(values, count, isNull)),
        ColumnKind.Utf8 => new GatheredTexts(),
        _ => throw new NotSupportedException($"Columns of kind {kind} cannot be merged."),
    };

    /// <summary>Adds rows of a column that was read.</summary>
    public void Add(ColumnValues source, int first, int count)
    {
        Grow(ref _isNull, Count + count);
        var flags = _isNull.AsSpan(Count, count);
        if (source.NullFlags.IsEmpty)
        {
            flags.Clear();
        }
        else
        {
            source.NullFlags.Slice(first, count).CopyTo(flags);
            _hasNulls |= flags.Contains(true);
        }

        AddValues(source, first, count);
        Count += count;
    }

    /// <summary>The rows as a part, good until <see cref="Clear"/>.</summary>
    public ColumnPart ToPart() =>
        Count > 0 && _hasNulls && !_isNull.AsSpan(0, Count).Contains(false) ? ConstantPart.Null(Count) : ToOwnPart();

    public virtual void Clear()
    {
        Count = 0;
        _hasNulls = false;
    }

    protected abstract void AddValues(ColumnValues source, int first, int count);

    protected abstract ColumnPart ToOwnPart();

    protected static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            Array.Resize(ref array, Math.Max(length, array.Length * 2));
    }
}

sealed class GatheredNumbers<T>(Func<T[], int, bool[]?, ColumnPart> part) : GatheredColumn
    where T : unmanaged
{
    T[] _values = [];

    protected override void AddValues(ColumnValues source, int first, int count)
    {
        Grow(ref _values, Count + count);
        ((FixedValues<T>)source).Values.Slice(first, count).CopyTo(_values.AsSpan(Count));
    }

    protected override ColumnPart ToOwnPart() => part(_values, Count, NullFlags);
}

/// <summary>Texts; as long as they are all the same, which most columns' are, none is copied.</summary>
sealed class GatheredTexts : GatheredColumn
{
    readonly List<byte> _bytes = [];
    int[] _offsets = [0];
    byte[]? _only;
    bool _isCopied;

    public override void Clear()
    {
        base.Clear();
        _bytes.Clear();
        _only = null;
        _isCopied = false;
    }

    protected override void AddValues(ColumnValues source, int first, int count)
    {
        var texts = (Utf8Values)source;
        if (!_isCopied && !StaysTheSame(texts, first, count))
            CopyOnly();
        if (!_isCopied)
            return;
        Grow(ref _offsets, Count + count + 1);
        for (var i = 0; i < count; i++)
        {
            _bytes.AddRange(texts.Utf8(first + i));
            _offsets[Count + i + 1] = _bytes.Count;
        }
    }

    protected override ColumnPart ToOwnPart() => _isCopied
        ? new Utf8Part([.. _bytes], _offsets, Count, NullFlags)
        : ConstantPart.Of(_only ?? [], Count);

    bool StaysTheSame(Utf8Values texts, int first, int count)
    {
        // A constant cannot hold nulls here and there.
        if (NullFlags is not null || texts.NullFlags.Length > 0)
            return false;
        _only ??= texts.Utf8(first).ToArray();
        var last = default(ReadOnlySpan<byte>);
        for (var i = first; i < first + count; i++)
        {
            var text = texts.Utf8(i);
            // Texts of a dictionary lie in one place.
            if (text != last && !text.SequenceEqual(_only))
                return false;
            last = text;
        }

        return true;
    }

    void CopyOnly()
    {
        _isCopied = true;
        Grow(ref _offsets, Count + 1);
        for (var i = 0; i < Count; i++)
        {
            _bytes.AddRange(_only ?? []);
            _offsets[i + 1] = _bytes.Count;
        }
    }
}
