using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges;

/// <summary>One stream that a decoder has seen on its connection, known by the bytes that name it in frames.</summary>
class NamedStream(byte[] name, StreamKey key)
{
    /// <summary>As frames write it.</summary>
    public byte[] Name { get; } = name;

    public StreamKey Key { get; } = key;

    /// <summary>Null until its first frame was read to its end: a malformed one opens nothing.</summary>
    public StreamSlot? Slot { get; set; }
}

/// <summary>
/// The streams of a connection by the bytes of their name: an open-addressing table over spans, because every frame looks
/// here. On its session's thread.
/// </summary>
class NamedStreams<TStream>
    where TStream : NamedStream
{
    const int SmallestTable = 256;

    readonly List<TStream> _open = [];
    TStream?[] _table = new TStream?[SmallestTable];

    /// <summary>In the order they were opened.</summary>
    public IReadOnlyList<TStream> Open => _open;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TStream? FindOpen(ReadOnlySpan<byte> name)
    {
        var table = _table;
        for (var place = Hash(name); ; place++)
        {
            var stream = table[place & (table.Length - 1)];
            if (stream is null || name.SequenceEqual(stream.Name))
                return stream;
        }
    }

    /// <summary>The slot of a stream whose frame has been read to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StreamSlot SlotOf(TStream stream, IEventWriter writer) => stream.Slot ?? OpenStream(stream, writer);

    StreamSlot OpenStream(TStream stream, IEventWriter writer)
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

    void Grow()
    {
        _table = new TStream?[_table.Length * 2];
        foreach (var stream in _open)
            Place(stream);
    }

    void Place(TStream stream)
    {
        var place = Hash(stream.Name);
        while (_table[place & (_table.Length - 1)] is not null)
            place++;
        _table[place & (_table.Length - 1)] = stream;
    }

    /// <summary>Every eight bytes, the last ones overlapping: contracts' names differ in the middle only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Hash(ReadOnlySpan<byte> name)
    {
        ulong mixed;
        if (name.Length >= sizeof(ulong))
        {
            mixed = (uint)name.Length;
            for (var rest = name; rest.Length > sizeof(ulong); rest = rest[sizeof(ulong)..])
                mixed = (mixed ^ BinaryPrimitives.ReadUInt64LittleEndian(rest)) * 0x9E3779B97F4A7C15;
            mixed ^= BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]);
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
