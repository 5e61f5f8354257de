namespace Ticklake.Core.Books;

/// <summary>Where an item is, or would have to be inserted.</summary>
readonly record struct LadderPlace(int Chunk, int Index);

/// <summary>
/// One side of a book: items ascending by key in a list of chunks, the best one last, because most updates are near
/// the best and move least there. Keys are price ticks, negated for asks. Allocates only while growing.
/// </summary>
/// <param name="direction">1 where the higher price is better, -1 where the lower is.</param>
sealed class Ladder<TItem, TOrder>(int direction)
    where TItem : struct
    where TOrder : struct, ILadderOrder<TItem>
{
    // A chunk this empty joins its neighbour if both then fill no more than three quarters of one.
    const int FewItems = LadderChunk<TItem>.Capacity / 4;
    const int JoinedItems = LadderChunk<TItem>.Capacity * 3 / 4;

    readonly Stack<LadderChunk<TItem>> _spare = [];

    // The first _chunkCount entries are in use, at least one; only a sole chunk may be empty.
    LadderChunk<TItem>[] _chunks = [new()];
    long[] _lows = new long[1];
    int _chunkCount = 1;

    internal int Count { get; private set; }

    /// <summary>
    /// Keys are meaningless; items are compared by their prices (see <see cref="LadderPair{TItem, TOrder}"/>).
    /// </summary>
    internal bool ComparesPrices { get; set; }

    LadderChunk<TItem> Last => _chunks[_chunkCount - 1];

    internal ref TItem Best => ref Last[Last.Count - 1];

    internal long BestKey => Last.Keys[Last.Count - 1];

    internal long WorstKey => _chunks[0].Keys[0];

    internal BookView<TItem> View => new(_chunks, _chunkCount);

    internal ref TItem this[LadderPlace place] => ref _chunks[place.Chunk][place.Index];

    internal ref TItem FromBest(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var chunk = _chunkCount - 1;
        for (; index >= _chunks[chunk].Count; chunk--)
            index -= _chunks[chunk].Count;
        return ref _chunks[chunk][_chunks[chunk].Count - 1 - index];
    }

    internal bool Find(long key, in TItem item, out LadderPlace place)
    {
        if (ComparesPrices)
            return FindByPrice(item, out place);
        var at = _chunkCount - 1;
        if (key < _lows[at] || (TOrder.HasTies && key == _lows[at]))
            at = FindChunk(key, item);
        var chunk = _chunks[at];
        var index = chunk.CountBelow(key);
        if (TOrder.HasTies)
        {
            var tie = TOrder.Tie(item);
            while (index < chunk.Count && chunk.Keys[index] == key && TOrder.Tie(chunk[index]) < tie)
                index++;
        }

        place = new(at, index);
        return index < chunk.Count && chunk.Keys[index] == key
            && (!TOrder.HasTies || TOrder.Tie(chunk[index]) == TOrder.Tie(item));
    }

    internal void TrimTo(int count)
    {
        while (Count > count)
            RemoveAt(new(0, 0));
    }

    /// <summary>The last chunk that does not begin behind the item; the first one if all do.</summary>
    int FindChunk(long key, in TItem item)
    {
        var at = 0;
        for (var left = _chunkCount; left > 1;)
        {
            var half = left / 2;
            // Keys stay within ± 2^62, so the difference has the right sign: half is added unless the chunk begins
            // behind.
            at += half & ~(int)((key - _lows[at + half]) >> 63);
            left -= half;
        }

        if (TOrder.HasTies)
        {
            var tie = TOrder.Tie(item);
            while (at > 0 && _lows[at] == key && TOrder.Tie(_chunks[at][0]) > tie)
                at--;
        }

        return at;
    }

    bool FindByPrice(in TItem item, out LadderPlace place)
    {
        int after = 1, until = _chunkCount;
        while (after < until)
        {
            var middle = (after + until) / 2;
            if (Compare(_chunks[middle][0], item) <= 0)
                after = middle + 1;
            else
                until = middle;
        }

        var chunk = _chunks[after - 1];
        int low = 0, high = chunk.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Compare(chunk[middle], item) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        place = new(after - 1, low);
        return low < chunk.Count && Compare(chunk[low], item) == 0;
    }

    int Compare(in TItem left, in TItem right)
    {
        var byPrice = direction * TOrder.Price(left).CompareTo(TOrder.Price(right));
        return byPrice != 0 || !TOrder.HasTies ? byPrice : TOrder.Tie(left).CompareTo(TOrder.Tie(right));
    }

    internal void Insert(LadderPlace place, long key, in TItem item)
    {
        if (_chunks[place.Chunk].Count == LadderChunk<TItem>.Capacity)
            place = Split(place);
        _chunks[place.Chunk].Insert(place.Index, key, item);
        if (place.Index == 0)
            _lows[place.Chunk] = key;
        Count++;
    }

    internal void RemoveAt(LadderPlace place)
    {
        var chunk = _chunks[place.Chunk];
        chunk.RemoveAt(place.Index);
        Count--;
        if (_chunkCount > 1 && chunk.Count < FewItems)
            Join(place.Chunk);
        else if (place.Index == 0)
            _lows[place.Chunk] = chunk.Keys[0];
    }

    /// <summary>Makes room in a full chunk and returns where the place has gone.</summary>
    LadderPlace Split(LadderPlace place)
    {
        var upper = _spare.Count > 0 ? _spare.Pop() : new LadderChunk<TItem>();
        // A side that grows beyond its best leaves full chunks behind instead of half empty ones.
        var from = place.Index == LadderChunk<TItem>.Capacity ? place.Index : LadderChunk<TItem>.Capacity / 2;
        _chunks[place.Chunk].MoveTo(upper, from);
        InsertChunk(place.Chunk + 1, upper);
        return place.Index > from || from == LadderChunk<TItem>.Capacity
            ? new(place.Chunk + 1, place.Index - from)
            : place;
    }

    void InsertChunk(int at, LadderChunk<TItem> chunk)
    {
        if (_chunkCount == _chunks.Length)
        {
            Array.Resize(ref _chunks, _chunkCount * 2);
            Array.Resize(ref _lows, _chunkCount * 2);
        }

        Array.Copy(_chunks, at, _chunks, at + 1, _chunkCount - at);
        Array.Copy(_lows, at, _lows, at + 1, _chunkCount - at);
        _chunks[at] = chunk;
        _lows[at] = chunk.Keys[0];
        _chunkCount++;
    }

    /// <summary>Joins a chunk that became small with a neighbour that has room, or drops it if it is empty.</summary>
    void Join(int at)
    {
        var chunk = _chunks[at];
        if (at > 0 && _chunks[at - 1].Count + chunk.Count <= JoinedItems)
            RemoveChunk(at, _chunks[at - 1]);
        else if (at + 1 < _chunkCount && _chunks[at + 1].Count + chunk.Count <= JoinedItems)
            RemoveChunk(at + 1, chunk);
        else if (chunk.Count == 0)
            RemoveChunk(at, chunk);
        if (at < _chunkCount)
            _lows[at] = _chunks[at].Keys[0];
    }

    void RemoveChunk(int at, LadderChunk<TItem> heir)
    {
        var removed = _chunks[at];
        if (removed != heir)
            removed.MoveTo(heir, 0);
        _chunkCount--;
        Array.Copy(_chunks, at + 1, _chunks, at, _chunkCount - at);
        Array.Copy(_lows, at + 1, _lows, at, _chunkCount - at);
        _chunks[_chunkCount] = null!;
        _spare.Push(removed);
    }

    internal void MultiplyKeys(long factor)
    {
        for (var i = 0; i < _chunkCount; i++)
        {
            _chunks[i].MultiplyKeys(factor);
            _lows[i] = _chunks[i].Keys[0];
        }
    }

    internal void Clear()
    {
        for (; _chunkCount > 1; _chunkCount--)
        {
            var chunk = _chunks[_chunkCount - 1];
            chunk.Clear();
            _spare.Push(chunk);
            _chunks[_chunkCount - 1] = null!;
        }

        _chunks[0].Clear();
        Count = 0;
        ComparesPrices = false;
    }
}
