using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Where a session's lines go, one and all: first the journal, then the pipeline, or, while the session before it still
/// runs, a list. Session thread only.
/// </summary>
sealed class LineIntake
{
    readonly JournalWriter _journal;
    readonly Func<MarketPipeline> _createPipeline;
    HeldLines? _held;
    SignalReader? _signals;
    IFrameDecoder? _signalDecoder;
    MarketPipeline? _pipeline;

    public LineIntake(JournalWriter journal, Func<MarketPipeline> createPipeline, IFrameDecoder? standbyDecoder)
    {
        _journal = journal;
        _createPipeline = createPipeline;
        journal.Overrun += OnOverrun;
        if (standbyDecoder is null)
            Activate();
        else
        {
            _held = new HeldLines();
            _signals = new SignalReader();
            _signalDecoder = standbyDecoder;
        }
    }

    public bool IsStandby => _pipeline is null;

    public long HeldBytes => _held?.Bytes ?? 0;

    public SessionFeed Feed => _pipeline?.Feed ?? _signals!.Feed;

    public PipelineCounters? Counters => _pipeline?.Counters;

    /// <summary>The last received frame could not be understood.</summary>
    public bool LastWasFaulty { get; private set; }

    /// <summary>The session before has ended: processes what was held and goes on live.</summary>
    public void TakeOver(TimestampNs now)
    {
        if (_pipeline is not null)
            return;
        // The subscriptions have reacted to these notices already; only books to repair are still of interest.
        var settled = _signals!.Feed;
        Activate();
        _held!.PourInto(_pipeline!);
        _pipeline!.Feed.Notices.Clear();
        foreach (var activity in settled.Activities)
        {
            var known = _pipeline.Feed.ActivityOf(activity.Key);
            known.LastData = known.LastData > activity.LastData ? known.LastData : activity.LastData;
        }

        (_held, _signals, _signalDecoder) = (null, null, null);
        Happened(Occurrence.TookOver(), now);
    }

    public void Opened(TimestampNs t) => TakeOccurrence(Occurrence.Open(_journal.Header), 1, t);

    public void Received(ReadOnlySpan<byte> frame, TimestampNs t, bool isBinary)
    {
        var number = _journal.AppendReceived(frame, t, isBinary);
        if (number > 0)
        {
            Take(
                new JournalLine
                {
                    Kind = JournalLineKind.Received,
                    Time = t,
                    LineNumber = number,
                    Payload = frame,
                    IsBinary = isBinary,
                });
        }
    }

    public void Sent(ReadOnlySpan<byte> frame, TimestampNs t)
    {
        var number = _journal.AppendSent(frame, t);
        if (number > 0)
            Take(new JournalLine { Kind = JournalLineKind.Sent, Time = t, LineNumber = number, Payload = frame });
    }

    public void Answered(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, TimestampNs t)
    {
        var number = _journal.AppendAnswer(path, status, body, t);
        if (number > 0)
        {
            Take(
                new JournalLine
                {
                    Kind = JournalLineKind.Answer,
                    Time = t,
                    LineNumber = number,
                    Payload = body,
                    Path = path,
                    Status = status,
                });
        }
    }

    public void Happened(Occurrence occurrence, TimestampNs t)
    {
        var members = occurrence.Members;
        var number = _journal.AppendOccurrence(occurrence.Name, t, members);
        if (number > 0)
            TakeOccurrence(occurrence, number, t);
    }

    /// <summary>Rows that waited long enough go on; the journal begins a new file when it is time.</summary>
    public void Tick(TimestampNs now, TimeSpan handOverAge)
    {
        if (_pipeline is null)
            return;
        _pipeline.HandOverOlderThan(now, handOverAge);
        if (!_journal.NeedsRotation(now))
            return;
        _journal.Rotate(now, _pipeline.Context());
        _pipeline.BeginFile(_journal.RelativePath);
    }

    public void HandOverAll() => _pipeline?.HandOverAll();

    public void End()
    {
        // A session that never took over leaves its lines to the journal: recovery makes their rows.
        _pipeline?.End();
        _journal.Overrun -= OnOverrun;
    }

    void Activate()
    {
        _pipeline = _createPipeline();
        _pipeline.BeginFile(_journal.RelativePath);
    }

    void OnOverrun(JournalOverrun overrun)
    {
        if (overrun.IsOver)
            TakeOccurrence(Occurrence.Overrun(overrun), overrun.AfterLine + 1, overrun.Time);
    }

    void TakeOccurrence(Occurrence occurrence, long number, TimestampNs t) => Take(
        new JournalLine
        {
            Kind = JournalLineKind.Occurrence,
            Time = t,
            LineNumber = number,
            Payload = occurrence.ToPayload(),
            Occurrence = System.Text.Encoding.UTF8.GetBytes(occurrence.Name),
        });

    void Take(in JournalLine line)
    {
        LastWasFaulty = false;
        if (_pipeline is not null)
        {
            var before = _pipeline.Counters.Quarantined;
            _pipeline.Process(line);
            LastWasFaulty = _pipeline.Counters.Quarantined != before;
            return;
        }

        _held!.Add(line);
        _signals!.Time = line.Time;
        if (line.Kind == JournalLineKind.Received)
            LastWasFaulty = _signalDecoder!.Decode(line.Payload, _signals) == FrameVerdict.Malformed;
        else if (line.Kind == JournalLineKind.Sent)
            _signalDecoder!.Sent(line.Payload);
    }
}
