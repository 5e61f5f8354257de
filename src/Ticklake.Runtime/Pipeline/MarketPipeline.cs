using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// The way from a session's journal lines to rows: decodes, checks sequences and books, declares what is missing, appends to
/// the streams' batches. Its output is a function of the lines alone (and of the states that earlier sessions left), so a
/// live session, a recovery and a replay give the same rows. Session thread only.
/// </summary>
public sealed class MarketPipeline : IEventWriter
{
    const int OkStatus = 200;
    const string BadBook = "order book not as documented";

    // A repeated confirmation comes soon after the first.
    const int RememberedConfirmations = 512;

    readonly IExchange _exchange;
    readonly SessionIdentity _identity;
    readonly StreamStates _states;
    readonly IFrameDecoder _decoder;
    readonly FrameCursor _cursor = new();
    readonly RowWriter _rows;
    readonly IntegrityLog _log;
    readonly TradePath _trades;
    readonly BookReconciliation _reconciliation;
    readonly PolledDepthPath _polled;
    readonly BookPath _books;
    readonly BookTickerPath _bestPrices;
    readonly DerivedStreams _derived;
    readonly ConnectionCounter _counter;
    readonly List<RowSlot> _slots = [];
    readonly Dictionary<StreamKey, int> _slotOf = [];

    public MarketPipeline(IExchange exchange, SessionIdentity identity, StreamStates states, PipelineOutputs outputs)
    {
        _exchange = exchange;
        _identity = identity;
        _states = states;
        _decoder = exchange.CreateDecoder(identity.Market, new DecoderOptions(identity.ConfFlags));
        _rows = new RowWriter(identity, outputs.Sink, outputs.Pool, Counters);
        _log = new IntegrityLog(
            identity, _cursor, _rows, Counters, states.Of(IntegrityLog.StreamOf(identity.Market)), outputs.Observer);
        _trades = new TradePath(_cursor, _rows, _log);
        var depth = exchange.CreateDepthReader(identity.Market);
        _reconciliation = new BookReconciliation(depth, _cursor, _log, Feed) { Drifts = outputs.Drifts };
        _polled = new PolledDepthPath(identity.Market, depth, _cursor, _log);
        _books = new BookPath(_cursor, _rows, _log, Feed, Counters, _reconciliation);
        _bestPrices = new BookTickerPath(_cursor, _rows, _log);
        _derived = new DerivedStreams(identity, states, _cursor, _rows);
        _counter = new ConnectionCounter(_log, Feed, _slots);
    }

    /// <summary>What a live session must react to.</summary>
    public SessionFeed Feed { get; } = new();

    public PipelineCounters Counters { get; } = new();

    /// <summary>The lines that follow come from this journal file; rows of the lines given are sealed already.</summary>
    public void BeginFile(string sourceFile, Func<StreamKey, IReadOnlyList<LineRange>>? sealedLines = null)
    {
        _trades.Release(null);
        _reconciliation.BeginFile(_slots);
        _rows.BeginFile(sourceFile, sealedLines);
    }

    /// <summary>Takes the next line of the session's journal.</summary>
    public void Process(in JournalLine line)
    {
        _cursor.MoveTo(line);
        _begun ??= line.Time;
        if (_trades.IsHolding)
            _trades.Release(line.Time);
        _derived.BeginLine(line.Time);
        switch (line.Kind)
        {
            case JournalLineKind.Received:
                Counters.Frames++;
                Counters.Bytes += line.Payload.Length;
                Settle(_decoder.Decode(line.Payload, this), line.Payload, _decoder.LastFault);
                break;
            case JournalLineKind.Answer:
                TakeAnswer(line);
                break;
            case JournalLineKind.Sent:
                _decoder.Sent(line.Payload);
                break;
            case JournalLineKind.Occurrence:
                TakeOccurrence(line);
                break;
        }

        _derived.EndLine();
    }

    void TakeAnswer(in JournalLine line)
    {
        if (AnswerMark.IsComparison(line.Path))
            Settle(_reconciliation.Take(line, _slots), line.Payload, BadBook);
        else if (AnswerMark.IsPoll(line.Path))
            Settle(_polled.Take(line, this, _slots), line.Payload, BadBook);
        else
            Settle(_decoder.DecodeAnswer(line.Path, line.Status, line.Payload, this), line.Payload, _decoder.LastFault);
        if (line.Status != OkStatus)
            _log.Record(ControlKinds.SnapshotRefused, null, ControlKinds.Detail(line.Path, line.Status));
    }

    /// <summary>Hands on rows that have waited so long for their batch to fill.</summary>
    public void HandOverOlderThan(TimestampNs now, TimeSpan age) => _rows.HandOverOlderThan(now, age);

    public void HandOverAll() => _rows.HandOverAll();

    /// <summary>The session is over: nothing is held back any more.</summary>
    public void End()
    {
        _trades.Release(null);
        foreach (var slot in _slots.Where(s => !s.IsGivenUp))
            slot.State.CoveredUntil = _cursor.Time;
        _derived.End(_cursor.Time);
        _rows.HandOverAll();
    }

    /// <summary>Takes back what the context lines of a file say, where the session's earlier files are gone.</summary>
    public void Restore(in DecoderContext context)
    {
        _isRestoring = true;
        _decoder.Restore(context, this);
        _isRestoring = false;
        foreach (var slot in _slots)
            slot.State.GoOnWithoutSnapshot();
    }

    bool _isRestoring;
    TimestampNs? _begun;

    /// <summary>What a new journal file must begin with to be decoded alone.</summary>
    public IReadOnlyList<DecoderContext> Context() => _decoder.Context();

    StreamSlot IEventWriter.Open(StreamKey key, StreamTags tags)
    {
        if (!_slotOf.TryGetValue(key, out var index))
        {
            index = _slots.Count;
            _slotOf.Add(key, index);
            var state = _states.Of(key);
            var slot = new RowSlot(state, PairOf(key), Feed.ActivityOf(key))
            {
                Confirmations = state.RecentTrades is null ? null : new TradeConfirmations(),
                Confirmed = state.RecentTrades is null ? null : new RecentIds(RememberedConfirmations),
            };
            _rows.Add(slot);
            _slots.Add(slot);
            _derived.Attach(slot);
            Enter(slot);
        }

        var opened = _slots[index];
        if (opened.HasData)
            LeaveOff(opened);
        _rows.SetTags(opened, tags);
        _reconciliation.Abandon(opened);
        opened.State.BeginSubscription();
        opened.Watch?.Forget();
        opened.SnapshotUntilUs = null;
        return new StreamSlot(index);
    }

    string PairOf(StreamKey key) =>
        _identity.Pairs?.GetValueOrDefault(key.Symbol) ?? _exchange.PairOf(key.Market, key.Symbol);

    // Only the streams this session carries: others of the market may be in the middle of theirs on another connection.
    void Enter(RowSlot slot)
    {
        slot.State.BeginSession();
        if (_identity.Follows is null)
            slot.State.BeginConnection();
        else if (slot.State.Chained is { IsBridged: true })
        {
            Feed.Remedies.Add((slot.State.Key, BookRemedy.FetchSnapshot));
            if (slot.Watch is not null || _reconciliation.Compares(slot))
                slot.Own = new OwnBook(slot.State.Rules);
        }
    }

    // The stream was given back and asked for again: what happened between is not known.
    static void LeaveOff(RowSlot slot)
    {
        var activity = slot.Activity;
        slot.State.CoveredUntil = activity.LastHeartbeat > activity.LastData ? activity.LastHeartbeat : activity.LastData;
        slot.HasData = false;
    }

    bool IEventWriter.Sequence(long seq, StreamSlot? stream) =>
        _counter.Check(seq, stream is { } known ? _slots[known.Index] : null);

    void IEventWriter.Write(StreamSlot stream, in TradeEvent trade)
    {
        var slot = Touch(stream, trade.IsSnapshot ? EventStamp.None : trade.Stamp.ExchangeTimeUs);
        _trades.Write(slot, trade);
    }

    void IEventWriter.Write(StreamSlot stream, in BookUpdate update, ReadOnlySpan<BookLevel> levels) =>
        _books.Write(Touch(stream, update.Stamp.ExchangeTimeUs), update, levels);

    void IEventWriter.Write(StreamSlot stream, in RawBookUpdate update, ReadOnlySpan<BookOrder> orders) =>
        _books.Write(Touch(stream, update.Stamp.ExchangeTimeUs), update, orders);

    void IEventWriter.Write(StreamSlot stream, in BookChecksum checksum)
    {
        var slot = _slots[stream.Index];
        slot.Activity.LastHeartbeat = _cursor.Time;
        _books.Check(slot, checksum);
    }

    void IEventWriter.Write(StreamSlot stream, in TickerEvent ticker)
    {
        var slot = Touch(stream, ticker.Stamp.ExchangeTimeUs);
        var stamp = _cursor.Next();
        if (_rows.BatchFor(slot, _cursor.LineNumber, _cursor.Time) is TickerRows batch)
            batch.Add(stamp, ticker);
    }

    void IEventWriter.Write(StreamSlot stream, in BookTickerEvent ticker) =>
        _bestPrices.Write(Touch(stream, ticker.Stamp.ExchangeTimeUs), ticker);

    void IEventWriter.Write(StreamSlot stream, in CandleEvent candle)
    {
        var slot = Touch(stream, candle.IsSnapshot ? EventStamp.None : candle.Stamp.ExchangeTimeUs);
        var stamp = _cursor.Next();
        if (_rows.BatchFor(slot, _cursor.LineNumber, _cursor.Time) is CandleRows batch)
            batch.Add(stamp, candle);
    }

    void IEventWriter.Write(StreamSlot stream, in DepthSnapshot snapshot, ReadOnlySpan<BookLevel> levels)
    {
        var slot = Touch(stream, snapshot.Stamp.ExchangeTimeUs);
        var stamp = _cursor.Next(levels.Length);
        if (levels.Length == 0 || _rows.BatchFor(slot, _cursor.LineNumber, _cursor.Time) is not DepthRows batch)
            return;
        Span<int> depth = [0, 0];
        for (var i = 0; i < levels.Length; i++)
        {
            var index = depth[(int)levels[i].Side]++;
            batch.Add(stamp with { RowInFrame = stamp.RowInFrame + i }, snapshot, index, levels[i]);
        }
    }

    void IEventWriter.Write(StreamSlot stream, in MarkPriceEvent price)
    {
        var slot = Touch(stream, price.Stamp.ExchangeTimeUs);
        var stamp = _cursor.Next();
        if (_rows.BatchFor(slot, _cursor.LineNumber, _cursor.Time) is MarkPriceRows batch)
            batch.Add(stamp, price);
    }

    void IEventWriter.Write(StreamSlot stream, in LiquidationEvent liquidation)
    {
        var slot = Touch(stream, liquidation.Stamp.ExchangeTimeUs);
        var stamp = _cursor.Next();
        if (_rows.BatchFor(slot, _cursor.LineNumber, _cursor.Time) is LiquidationRows batch)
            batch.Add(stamp, liquidation);
    }

    void IEventWriter.PassOver(StreamSlot stream, TradeId id, long exchangeTimeUs) =>
        _trades.PassOver(Touch(stream, exchangeTimeUs), id);

    void IEventWriter.Heartbeat(StreamSlot? stream)
    {
        if (stream is { } known)
        {
            _slots[known.Index].Activity.LastHeartbeat = _cursor.Time;
            return;
        }

        // A connection that lives and whose counter has no hole has kept nothing back of any of its streams.
        if (!_counter.IsRunning)
            return;
        foreach (var slot in _slots)
            slot.Activity.LastHeartbeat = _cursor.Time;
    }

    void IEventWriter.LatestTrade(StreamSlot stream, long tradeId)
    {
        var slot = _slots[stream.Index];
        if (_trades.TakeLatest(slot, tradeId))
            Feed.Remedies.Add((slot.State.Key, BookRemedy.Resubscribe));
    }

    void IEventWriter.Notice(ServerNotice notice)
    {
        if (_isRestoring)
        {
            if (notice.Kind == NoticeKind.ConfigurationAcknowledged)
                _rows.SetFlags(notice.Code);
            return;
        }

        Feed.Notices.Add(notice);
        if (notice.Kind == NoticeKind.ConfigurationAcknowledged)
        {
            _rows.SetFlags(notice.Code);
            // A counter switched on before any subscription begins at 1; one switched on later, where it begins
            // (bitfinex.md 4.1).
            if (_slots.Count == 0)
                _counter.StartAfter(0);
        }

        if (ControlKinds.Of(notice.Kind) is not { } kind)
            return;
        var slot = notice.Stream is { } stream ? _slots[stream.Index] : null;
        _log.Record(kind, slot, ControlKinds.Detail(notice));
    }

    // Once a stream delivers again, what lies between its sessions is known: nothing, or a hole.
    RowSlot Touch(StreamSlot stream, long exchangeTimeUs)
    {
        var slot = _slots[stream.Index];
        slot.Activity.LastData = _cursor.Time;
        if (!slot.HasData)
            BeginData(slot);
        if (exchangeTimeUs != EventStamp.None)
            Counters.AddLatency(_cursor.RecvUs - exchangeTimeUs);
        return slot;
    }

    void BeginData(RowSlot slot)
    {
        slot.HasData = true;
        // What is asked for at an interval has its own measure of a hole.
        if (slot.IsGivenUp || slot.Tags.Source == RowSource.Rest || slot.State.IsChained)
            return;
        if (slot.State.CoveredUntil is not { } until || until >= _cursor.Time)
            return;
        // A quiet stream may have nothing to say for long after the session before has ended.
        if (_identity.Follows is not null && _begun <= until)
            return;
        _log.Report(
            _log.Finding(
                IntegrityKind.Disconnect, slot, "the stream is connected", until.ToString(), _cursor.Time.ToString()),
            slot);
    }

    void Settle(FrameVerdict verdict, ReadOnlySpan<byte> frame, string? fault)
    {
        if (verdict == FrameVerdict.Ignored)
            Counters.Ignored++;
        if (verdict != FrameVerdict.Malformed)
            return;
        const int Excerpt = 200;
        _log.Report(
            _log.Finding(
                IntegrityKind.Quarantined,
                null,
                "the frame is as documented",
                fault ?? "a documented message",
                Encoding.UTF8.GetString(frame[..Math.Min(frame.Length, Excerpt)])),
            null);
    }

    void TakeOccurrence(in JournalLine line)
    {
        _reconciliation.Happened(line, _slots);
        if (ControlKinds.DetailOf(line) is not { } detail)
            return;
        _log.Record(Encoding.UTF8.GetString(line.Occurrence), null, detail);
        if (line.Occurrence.SequenceEqual("journal_overrun"u8))
            ReportLostLines(detail);
        else if (ControlKinds.GivenUp(line) is var (channel, symbol))
            GiveUp(channel, symbol);
    }

    // Whoever records it again later begins with a hole from here on.
    void GiveUp(string channel, string symbol)
    {
        foreach (var slot in _slots.Where(s => s.State.Key.Symbol == symbol && s.State.Key.ChannelName == channel && s.HasData))
        {
            LeaveOff(slot);
            slot.IsGivenUp = true;
        }
    }

    // The counter of the connection, where there is one, shows the same hole; elsewhere nothing would.
    void ReportLostLines(string detail)
    {
        foreach (var slot in _slots.Where(s => !s.State.IsChained && !_counter.IsRunning))
        {
            slot.State.Doubt();
            _log.Report(_log.Finding(IntegrityKind.Gap, slot, "every frame is in the journal", "all", detail), slot);
        }
    }
}
