using System.Runtime.CompilerServices;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// The open channels of a connection by <c>chanId</c>: an open-addressing table, because every frame looks here.
/// </summary>
sealed class BitfinexChannels
{
    const int SmallestTable = 64;

    readonly List<BitfinexChannel> _open = [];
    BitfinexChannel?[] _table = new BitfinexChannel?[SmallestTable];

    /// <summary>In the order they were opened.</summary>
    public IReadOnlyList<BitfinexChannel> Open => _open;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BitfinexChannel? Find(long id)
    {
        var table = _table;
        for (var place = Place(id); ; place++)
        {
            var channel = table[place & (table.Length - 1)];
            if (channel is null || channel.Id == id)
                return channel;
        }
    }

    /// <summary>
    /// A stream subscribed anew replaces its old channel: what still arrives on the old number is no longer wanted.
    /// </summary>
    public void Add(BitfinexChannel channel)
    {
        _open.RemoveAll(old => old.Id == channel.Id || old.Key == channel.Key);
        _open.Add(channel);
        Rebuild();
    }

    public void Remove(BitfinexChannel channel)
    {
        _open.Remove(channel);
        Rebuild();
    }

    public BitfinexChannel? Find(StreamKey key) => _open.Find(channel => channel.Key == key);

    void Rebuild()
    {
        var length = SmallestTable;
        while (length < _open.Count * 2)
            length *= 2;
        _table = new BitfinexChannel?[length];
        foreach (var channel in _open)
        {
            var place = Place(channel.Id);
            while (_table[place & (length - 1)] is not null)
                place++;
            _table[place & (length - 1)] = channel;
        }
    }

    // Fibonacci hashing; the shift leaves a number that the table's mask may cut without losing the mixing.
    static int Place(long id) => (int)(((ulong)id * 0x9E3779B97F4A7C15) >> 40);
}
