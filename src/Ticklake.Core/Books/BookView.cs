namespace Ticklake.Core.Books;

/// <summary>
/// The items of one side of a book from the best on, for <c>foreach</c>. Valid until the book changes.
/// </summary>
public readonly struct BookView<TItem>
    where TItem : struct
{
    readonly LadderChunk<TItem>[] _chunks;
    readonly int _chunkCount;

    internal BookView(LadderChunk<TItem>[] chunks, int chunkCount)
    {
        _chunks = chunks;
        _chunkCount = chunkCount;
    }

    public Enumerator GetEnumerator() => new(_chunks, _chunkCount);

    /// <summary>Walks the chunks backwards: the best item is the last of the last one.</summary>
    public struct Enumerator
    {
        readonly LadderChunk<TItem>[] _chunks;
        int _chunk;
        int _index;

        internal Enumerator(LadderChunk<TItem>[] chunks, int chunkCount)
        {
            _chunks = chunks;
            _chunk = chunkCount - 1;
            _index = chunks[_chunk].Count;
        }

        public readonly ref readonly TItem Current => ref _chunks[_chunk][_index];

        public bool MoveNext()
        {
            if (--_index >= 0)
                return true;
            if (_chunk == 0)
                return false;
            _index = _chunks[--_chunk].Count - 1;
            return true;
        }
    }

    /// <summary>Copies as many of the best items as fit; returns how many.</summary>
    public int CopyTo(Span<TItem> destination)
    {
        var copied = 0;
        foreach (ref readonly var item in this)
        {
            if (copied == destination.Length)
                break;
            destination[copied++] = item;
        }

        return copied;
    }
}
