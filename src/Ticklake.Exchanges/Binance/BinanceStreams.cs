using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// The streams of a connection by the bytes of their name: an open-addressing table over spans, because every frame
/// looks
/// here. A connection holds at most 1,024 streams.
/// </summary>
sealed class BinanceStreams
{
    const int SmallestTable = 256;

    readonly List<BinanceStream> _open = [];
    BinanceStream?[] _table = new BinanceStream?[SmallestTable];

    /// <summary>In the order they were opened.</summary>
    public IReadOnlyList<BinanceStream> Open => _open;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BinanceStream? FindOpen(ReadOnlySpan<byte> name)
    {
        var table = _table;
        for (var place = Hash(name); ; place++)
        {
            var stream = table[place & (table.Length - 1)];
            if (stream is null || name.SequenceEqual(stream.Name))
                return stream;
        }
    }

    /// <summary>The stream of this name, open or new; null if none that is recorded.</summary>
    public BinanceStream? Find(ReadOnlySpan<byte> name) => FindOpen(name) ?? Describe(name);

    /// <summary>The slot of a stream whose frame has been read to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StreamSlot SlotOf(BinanceStream stream, IEventWriter writer) =>
        stream.Slot ?? OpenStream(stream, writer);

    StreamSlot OpenStream(BinanceStream stream, IEventWriter writer)
    {
        var slot = writer.Open(stream.Key, StreamTags.Empty);
        stream.Slot = slot;
        _open.Add(stream);
        if (_open.Count * 2 > _table.Length)
            Grow();
        else
            Place(stream);
        return slot;
    }

    BinanceStream? Describe(ReadOnlySpan<byte> name) =>
        _open.Count < FrameLimits.Streams
        && BinanceStreamName.MayBeRecorded(name)
        && BinanceStreamName.TryParse(JsonText.Decode(name), out var kind, out var key)
            ? new BinanceStream(name.ToArray(), kind, key)
            : null;

    void Grow()
    {
        _table = new BinanceStream?[_table.Length * 2];
        foreach (var stream in _open)
            Place(stream);
    }

    void Place(BinanceStream stream)
    {
        var place = Hash(stream.Name);
        while (_table[place & (_table.Length - 1)] is not null)
            place++;
        _table[place & (_table.Length - 1)] = stream;
    }

    /// <summary>First and last eight bytes and the length: symbol and type differ there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Hash(ReadOnlySpan<byte> name)
    {
        ulong mixed;
        if (name.Length >= sizeof(ulong))
        {
            var head = BinaryPrimitives.ReadUInt64LittleEndian(name);
            var tail = BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]);
            mixed = ((head * 0x9E3779B97F4A7C15) ^ tail) + (uint)name.Length;
        }
        else
        {
            mixed = 0;
            foreach (var b in name)
                mixed = (mixed << 8) | b;
        }

        return (int)((mixed * 0x9E3779B97F4A7C15) >> 40);
    }
}
