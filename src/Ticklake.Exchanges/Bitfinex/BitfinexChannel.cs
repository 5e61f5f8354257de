using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>One subscription of a connection, as its acknowledgement named it.</summary>
sealed class BitfinexChannel(long id, BitfinexStreamKind kind, StreamKey key, StreamSlot slot, byte[] acknowledgement)
{
    public long Id { get; } = id;

    public BitfinexStreamKind Kind { get; } = kind;

    public StreamKey Key { get; } = key;

    public StreamSlot Slot { get; } = slot;

    /// <summary>The frame that opened it: part of the decoder's context.</summary>
    public byte[] Acknowledgement { get; } = acknowledgement;

    /// <summary>The list that begins the channel has come; later lists are updates (bulk).</summary>
    public bool HasData { get; set; }

    /// <summary>
    /// Its <c>cs</c> messages mean something: for a book of one level the documentation does not say what is hashed.
    /// </summary>
    public bool HasChecksum { get; init; }
}
