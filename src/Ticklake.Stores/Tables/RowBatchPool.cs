using System.Collections.Concurrent;
using System.Numerics;
using Ticklake.Core.Markets;

namespace Ticklake.Stores.Tables;

/// <summary>
/// Batches to be used again, by table and size. Any thread: sessions rent, the store's thread returns. A quiet stream
/// starts with a small batch, so that a thousand streams do not cost a thousand full-size ones.
/// </summary>
public sealed class RowBatchPool
{
    const int SmallestBits = 8;
    const int LargestBits = 15;

    // Idle bytes matter more than misses: a batch of the largest size is some megabytes.
    const int KeptPerShelf = 64;

    readonly ConcurrentQueue<RowBatch>[,] _shelves =
        new ConcurrentQueue<RowBatch>[ChannelNames.All.Count, LargestBits - SmallestBits + 1];

    public RowBatchPool()
    {
        for (var channel = 0; channel < _shelves.GetLength(0); channel++)
        {
            for (var size = 0; size < _shelves.GetLength(1); size++)
                _shelves[channel, size] = new ConcurrentQueue<RowBatch>();
        }
    }

    /// <summary>
    /// An empty batch of the header's table: cast it to the table's type. It begins with room for
    /// <paramref name="expectedRows"/> (say, what the stream's last batch held) and grows as needed.
    /// </summary>
    public RowBatch Rent(BatchHeader header, int expectedRows = 1 << SmallestBits)
    {
        var bits = Math.Clamp(Bits(expectedRows), SmallestBits, LargestBits);
        if (!Shelf(header.Stream.Channel, bits).TryDequeue(out var batch))
            batch = RowBatch.Create(header.Stream.Channel, 1 << bits);
        batch.Open(header);
        return batch;
    }

    /// <summary>Gives a batch back: nobody may look at it any more.</summary>
    public void Return(RowBatch batch)
    {
        // Halves of a split batch have odd sizes and would be taken for larger ones than they are.
        var bits = Bits(batch.Capacity);
        if (bits is < SmallestBits or > LargestBits || batch.Capacity != 1 << bits)
            return;
        var shelf = Shelf(batch.Header.Stream.Channel, bits);
        if (shelf.Count < KeptPerShelf)
            shelf.Enqueue(batch);
    }

    static int Bits(int rows) => BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(rows, 1)));

    ConcurrentQueue<RowBatch> Shelf(Channel channel, int bits) => _shelves[(int)channel, bits - SmallestBits];
}
