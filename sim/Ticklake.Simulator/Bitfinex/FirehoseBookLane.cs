using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>Single book entries, and a checksum after every five hundred where the connection wants them.</summary>
sealed class FirehoseBookLane(BitfinexChannel channel, BitfinexConnection connection, FormulaBook book)
    : FirehoseLane(channel.Stream, 1)
{
    const int ChecksumEvery = 500;

    long _update;
    int _sinceChecksum;

    public int SnapshotRows => 2 * book.Depth;

    public BookSnapshot Snapshot() => book.Snapshot(_update);

    public Utf8Text WriteSnapshot(Utf8Text text)
    {
        text.Raw("["u8);
        for (var i = 0; i < 2 * book.Depth; i++)
            Entry(i == 0 ? text : text.Raw(","u8), i < book.Depth, i % book.Depth);
        return text.Raw("]"u8);
    }

    public override bool WriteNext(Utf8Text text)
    {
        text.Raw("["u8).Integer(channel.ChanId).Raw(","u8);
        if (++_sinceChecksum > ChecksumEvery && connection.Flags.HasFlag(ConfFlags.Checksum))
        {
            _sinceChecksum = 0;
            text.Raw("\"cs\","u8).Integer(BitfinexChecksum.Compute(Hashed(true), Hashed(false)));
            return true;
        }

        var isBulk = connection.Flags.HasFlag(ConfFlags.BulkUpdates);
        var (isBid, place, _) = book.Update(++_update);
        Entry(isBulk ? text.Raw("["u8) : text, isBid, place);
        if (isBulk)
            text.Raw("]"u8);
        return false;
    }

    void Entry(Utf8Text text, bool isBid, int place) => text
        .Raw("["u8).Number(book.Price(isBid, place), book.Symbol.PriceScale).Raw(",1,"u8)
        .Amount((isBid ? 1 : -1) * book.Amount(isBid, place, _update)).Raw("]"u8);

    List<ChecksumEntry> Hashed(bool isBid) => [.. book.Levels(isBid, _update, BitfinexChecksum.Depth)
        .Select(l => new ChecksumEntry(l.Key, book.Symbol.PriceScale, isBid ? l.Value : -l.Value))];
}
