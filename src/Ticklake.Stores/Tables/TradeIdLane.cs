using System.Runtime.CompilerServices;
using Ticklake.Core.Events;

namespace Ticklake.Stores.Tables;

/// <summary>
/// The trade ids of a batch: numbers, as nearly all exchanges give them, in an eighth of the room that any id needs; whole
/// ids from the first on that is no number.
/// </summary>
struct TradeIdLane(int capacity)
{
    long[] _numbers = GC.AllocateUninitializedArray<long>(capacity);
    TradeId[] _ids = [];
    bool _hasTexts;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int row, in TradeId id)
    {
        if (row == 0)
            _hasTexts = false;
        if (_hasTexts || !id.IsNumber)
            SetWhole(row, id);
        else
            _numbers[row] = id.Number;
    }

    public readonly TradeId this[int row] => _hasTexts ? _ids[row] : TradeId.Of(_numbers[row]);

    public void Reshape(in LaneShape shape)
    {
        shape.Apply(ref _numbers);
        if (_hasTexts)
            shape.Apply(ref _ids);
    }

    void SetWhole(int row, in TradeId id)
    {
        if (!_hasTexts)
        {
            _hasTexts = true;
            if (_ids.Length < _numbers.Length)
                _ids = GC.AllocateUninitializedArray<TradeId>(_numbers.Length);
            for (var i = 0; i < row; i++)
                _ids[i] = TradeId.Of(_numbers[i]);
        }

        _ids[row] = id;
    }
}
