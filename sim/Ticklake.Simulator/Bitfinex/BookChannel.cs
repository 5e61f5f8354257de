using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>What a book subscription asks for.</summary>
/// <param name="Precision">0 to 4, or -1 for the raw book.</param>
/// <param name="IsRealTime">F0 rather than F1 (every two seconds).</param>
/// <param name="Length">Entries a side.</param>
sealed record BookRequest(int Precision, bool IsRealTime, int Length)
{
    public bool IsRaw => Precision < 0;

    public string PrecisionName => IsRaw ? "R0" : "P" + Precision;

    public string FrequencyName => IsRealTime ? "F0" : "F1";
}

/// <summary>An aggregated or raw book: snapshot, entries, and checksums where the flag asks for them.</summary>
sealed class BookChannel(
    BitfinexConnection connection, int chanId, TruthStream stream, ScriptedMarket market, BookRequest request)
    : BitfinexChannel(connection, chanId, stream)
{
    // P0 has five significant digits, every further precision one less.
    const int MostSignificantDigits = 5;

    readonly BookWindow _bids = new();
    readonly BookWindow _asks = new();
    readonly List<BookLevel> _levels = [];
    readonly List<WindowEntry> _target = [];
    readonly List<WindowEntry> _deletions = [];
    readonly List<WindowEntry> _changes = [];
    int _sinceChecksum;

    /// <summary>The book as this client should have it.</summary>
    public BookSnapshot Window()
    {
        return new(market.LastUpdateId, Rows(_bids), Rows(_asks));

        List<BookRow> Rows(BookWindow side) => [.. side.Entries.Select(e => new BookRow(
            market.PriceOf(e.Price), ScriptedMarket.AmountOf(Math.Abs(e.Amount)), e.Count, request.IsRaw ? e.Key : 0))];
    }

    protected override void Open()
    {
        Collect(market.Bids, _bids);
        Collect(market.Asks, _asks);
        Send(FrameKind.Snapshot, Entries(_changes), _changes.Count);
        SendChecksum();
        if (request.IsRealTime)
            market.Stepped += OnStep;
        else
            Timeline.Every(TimeSpan.FromSeconds(2), FollowSlowly);
    }

    protected override void Cease() => market.Stepped -= OnStep;

    bool FollowSlowly()
    {
        if (IsLive)
            Follow();
        return IsLive;
    }

    void OnStep(MarketStep step) => Follow();

    void Follow()
    {
        _deletions.Clear();
        _changes.Clear();
        Collect(market.Bids, _bids);
        Collect(market.Asks, _asks);
        // Deletions first: the client never holds more than its window.
        _deletions.AddRange(_changes);
        if (_deletions.Count == 0)
            return;
        if (Connection.Flags.HasFlag(ConfFlags.BulkUpdates))
            Send(FrameKind.Update, Entries(_deletions), _deletions.Count);
        else
            _deletions.ForEach(entry => Send(FrameKind.Update, Entry(Begin(), entry), rows: 1));
        if (++_sinceChecksum >= Connection.Parts.Options.ChecksumEvery)
            SendChecksum();
    }

    void Collect(BookSide side, BookWindow window)
    {
        _target.Clear();
        var sign = side.IsBid ? 1 : -1;
        if (request.IsRaw)
        {
            foreach (var order in side.Orders.Take(request.Length))
                _target.Add(new(order.Id, order.Price, sign * order.Amount, 1));
        }
        else
        {
            side.Top(MostSignificantDigits - request.Precision, request.Length, _levels);
            foreach (var level in _levels)
                _target.Add(new(level.Price, level.Price, sign * level.Amount, level.Count));
        }

        window.MoveTo(_target, _deletions, _changes);
    }

    Utf8Text Entries(List<WindowEntry> entries)
    {
        var text = Begin().Raw("["u8);
        for (var i = 0; i < entries.Count; i++)
            Entry(i == 0 ? text : text.Raw(","u8), entries[i]);
        return text.Raw("]"u8);
    }

    /// <summary>A deletion has count 0 (raw: price 0) and an amount of ±1 that only names the side.</summary>
    Utf8Text Entry(Utf8Text text, WindowEntry entry)
    {
        var amount = entry.Count == 0 ? Math.Sign(entry.Amount) * 100_000_000L : entry.Amount;
        text.Raw("["u8);
        if (request.IsRaw)
            text.Integer(entry.Key).Raw(","u8).Number(entry.Count == 0 ? 0 : entry.Price, market.Symbol.PriceScale);
        else
            text.Number(entry.Price, market.Symbol.PriceScale).Raw(","u8).Integer(entry.Count);
        return text.Raw(","u8).Amount(amount).Raw("]"u8);
    }

    void SendChecksum()
    {
        _sinceChecksum = 0;
        if (!Connection.Flags.HasFlag(ConfFlags.Checksum))
            return;
        var checksum = BitfinexChecksum.Compute(Hashed(_bids), Hashed(_asks));
        Send(FrameKind.Checksum, Begin().Raw("\"cs\","u8).Integer(checksum));
    }

    List<ChecksumEntry> Hashed(BookWindow window) => [.. window.Entries.Take(BitfinexChecksum.Depth)
        .Select(e => new ChecksumEntry(e.Key, request.IsRaw ? 0 : market.Symbol.PriceScale, e.Amount))];
}
