using System.Text;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Faults;

/// <summary>
/// Stands between a connection's streams and its socket and does to frames what the armed faults say. Used with the
/// timeline's gate held.
/// </summary>
sealed class FaultGate(ServedConnection connection)
{
    const int DefaultHugeBytes = 16 * 1024 * 1024;

    readonly List<Hush> _hushes = [];
    readonly List<(ArmedFault Fault, OutgoingFrame Lost)> _unseen = [];
    readonly List<(TruthStream Stream, NamedLevel Level, long UntilUs)> _drifts = [];
    (ArmedFault Fault, OutgoingFrame Frame, byte[] Bytes)? _late;

    public void Pass(OutgoingFrame frame)
    {
        if (Find(frame) is { } hush)
        {
            // What was not sent has used no sequence number: it is numbered when it is let go.
            if (frame.Kind != FrameKind.Heartbeat)
                hush.Held.Enqueue(frame);
            return;
        }

        if (connection.Parts.Faults.AtFrame(connection.Parts.Exchange, connection.Ordinal, frame) is { } fault)
            Strike(fault, frame);
        else
            DeliverWhole(frame);
    }

    void DeliverWhole(OutgoingFrame frame)
    {
        frame = WithoutDrifted(frame);
        Deliver(frame, connection.SealNow(frame));
    }

    // A snapshot is the exchange's own book: it puts right what the stream has lacked.
    OutgoingFrame WithoutDrifted(OutgoingFrame frame)
    {
        _drifts.RemoveAll(d => d.UntilUs <= connection.Timeline.NowUs);
        foreach (var (stream, level, _) in _drifts)
        {
            if (frame.Stream != stream || frame.Kind != FrameKind.Update)
                continue;
            var (body, removed) = StreamLevels.Without(frame.Body, frame.IsBinary, level);
            frame = frame with { Body = body, Rows = frame.Rows - removed };
        }

        return frame;
    }

    void Drift(ArmedFault fault, OutgoingFrame frame)
    {
        if (frame.Kind == FrameKind.Update && connection.QuietLevel(frame) is { } level)
        {
            _drifts.Add((frame.Stream!, level, connection.Timeline.NowUs + (fault.Spec.DurationMs * 1000)));
            Note(fault, frame.Stream!.Name, 0, $"lacks {level}");
        }
        else
            fault.Postpone();
        DeliverWhole(frame);
    }

    public bool IsMuted(TruthStream? stream) => _hushes.Exists(h => h.Mutes && h.Covers(stream));

    /// <summary>Holds the fault's frames back for its duration, then lets them go in order.</summary>
    public void Hold(ArmedFault fault)
    {
        var hush = new Hush(fault.Spec);
        _hushes.Add(hush);
        Note(fault, fault.Spec.Stream, 0, "silent from here");
        if (fault.Spec.DurationMs == 0)
            return;
        connection.Timeline.In(TimeSpan.FromMilliseconds(fault.Spec.DurationMs), () =>
        {
            _hushes.Remove(hush);
            while (hush.Held.TryDequeue(out var frame))
                connection.Send(frame);
        });
    }

    void Strike(ArmedFault fault, OutgoingFrame frame)
    {
        switch (fault.Spec.Kind)
        {
            case FaultKind.Drop:
                connection.SealNow(frame);
                _unseen.Add((fault, frame));
                break;
            case FaultKind.Duplicate:
                var twice = connection.SealNow(frame);
                Deliver(frame, twice);
                // A complete recording holds the rows once.
                NoteAt(fault, frame, Deliver(frame with { Rows = 0, Trades = [] }, twice), twice);
                break;
            case FaultKind.Reorder:
                _late = (fault, frame, connection.SealNow(frame));
                break;
            case FaultKind.ChecksumFlip:
                var flipped = frame with { Body = Flip(frame.Body) };
                NoteAt(fault, frame, Deliver(flipped, connection.SealNow(flipped)), flipped.Body);
                break;
            case FaultKind.SequenceJump:
                var isSeen = connection.JumpSequence(fault, frame);
                var jumped = connection.SealNow(frame);
                var at = Deliver(frame, jumped);
                if (isSeen)
                    NoteAt(fault, frame, at, jumped);
                else
                    _unseen.Add((fault, frame));
                break;
            case FaultKind.Drift:
                Drift(fault, frame);
                break;
            case FaultKind.Silence or FaultKind.Mute:
                Hold(fault);
                Pass(frame);
                break;
            default:
                StrikeBytes(fault, frame);
                break;
        }
    }

    void StrikeBytes(ArmedFault fault, OutgoingFrame frame)
    {
        switch (fault.Spec.Kind)
        {
            case FaultKind.MalformedJson:
                var cut = connection.SealNow(frame)[..^(Math.Min(9, frame.Body.Length / 2))];
                NoteAt(fault, frame, Deliver(OutgoingFrame.Control(cut) with { IsBinary = frame.IsBinary }, cut), cut);
                break;
            case FaultKind.TruncatedFrame:
                var torn = connection.SealNow(frame);
                Note(fault, frame.Stream?.Name, connection.Truth.Frames + 1, Encoding.UTF8.GetString(torn));
                connection.WriteTorn(frame, torn);
                break;
            case FaultKind.FragmentedFrame:
                var whole = connection.SealNow(frame);
                NoteAt(fault, frame, connection.WriteFragments(frame, whole), whole);
                break;
            default:
                StrikeConnection(fault);
                connection.Send(frame);
                break;
        }
    }

    /// <summary>Faults that need no frame of a stream.</summary>
    public void StrikeConnection(ArmedFault fault)
    {
        switch (fault.Spec.Kind)
        {
            case FaultKind.GarbageFrame:
                var noise = "[1234,\"te\",[17901\u0001,}{\"e\":"u8.ToArray();
                NoteAt(fault, null, Deliver(OutgoingFrame.Control(noise), noise), noise);
                break;
            case FaultKind.HugeFrame:
                var huge = Huge(fault.Spec.Amount == 0 ? DefaultHugeBytes : fault.Spec.Amount);
                Note(fault, null, Deliver(OutgoingFrame.Control(huge), huge), $"{huge.Length} bytes");
                break;
            case FaultKind.Reset:
                Note(fault, null, connection.Truth.Frames, "reset");
                connection.Reset();
                break;
            case FaultKind.Silence or FaultKind.Mute:
                Hold(fault);
                break;
            default:
                Note(fault, null, connection.Truth.Frames + 1, fault.Spec.Kind.ToString());
                connection.Suffer(fault);
                break;
        }
    }

    long Deliver(OutgoingFrame frame, byte[] bytes)
    {
        var ordinal = connection.Write(frame, bytes);
        for (var i = _unseen.Count - 1; i >= 0; i--)
        {
            var (fault, lost) = _unseen[i];
            if (!connection.Reveals(lost, frame))
                continue;
            // A heartbeat that names the last trade knows of no number behind it.
            if (fault.Spec.Kind == FaultKind.SequenceJump && lost.Trades.Count > 0 && frame.Kind == FrameKind.Heartbeat)
                continue;
            // Trades of one step are numbered before the jump: it shows at the first number after it.
            if (fault.Spec.Kind == FaultKind.SequenceJump && IsNext(lost, frame))
            {
                _unseen[i] = (fault, frame);
                continue;
            }

            _unseen.RemoveAt(i);
            NoteAt(fault, lost, ordinal, lost.Body);
        }

        // Only a frame that counts can be overtaken visibly.
        if (_late is not { } late || !connection.Reveals(late.Frame, frame))
            return ordinal;
        _late = null;
        NoteAt(late.Fault, late.Frame, ordinal, late.Bytes);
        connection.Write(late.Frame, late.Bytes);
        return ordinal;
    }

    static bool IsNext(OutgoingFrame frame, OutgoingFrame next) =>
        frame.Trades is [.., var last] && next.Trades is [var first, ..] && first.Id - next.FoldedFills == last.Id;

    Hush? Find(OutgoingFrame frame) => frame.Kind == FrameKind.Control
        ? _hushes.Find(h => h.IsDeath)
        : _hushes.Find(h => h.Covers(frame.Stream) && (h.Mutes || frame.Kind != FrameKind.Heartbeat));

    void NoteAt(ArmedFault fault, OutgoingFrame? frame, long ordinal, byte[] bytes) =>
        Note(fault, frame?.Stream?.Name, ordinal, Encoding.UTF8.GetString(bytes));

    void Note(ArmedFault fault, string? stream, long ordinal, string detail) => connection.Parts.Truth.Fault(
        new(fault.Ordinal, fault.Spec.Kind.ToString(), stream, connection.Ordinal, ordinal, detail));

    /// <summary>The last digit of the checksum becomes another.</summary>
    static byte[] Flip(byte[] body)
    {
        var flipped = (byte[])body.Clone();
        flipped[^1] = flipped[^1] == (byte)'1' ? (byte)'2' : (byte)'1';
        return flipped;
    }

    static byte[] Huge(int size)
    {
        var bytes = new byte[size];
        bytes.AsSpan().Fill((byte)'x');
        "{\"event\":\"info\",\"padding\":\""u8.CopyTo(bytes);
        "\"}"u8.CopyTo(bytes.AsSpan(size - 2));
        return bytes;
    }

    /// <summary>A silence in progress.</summary>
    sealed class Hush(FaultSpec spec)
    {
        public bool Mutes => spec.Kind == FaultKind.Mute;

        /// <summary>The whole connection is dead, answers to requests and all.</summary>
        public bool IsDeath => Mutes && spec.Stream is null;

        public Queue<OutgoingFrame> Held { get; } = new();

        public bool Covers(TruthStream? stream) =>
            spec.Stream is null || (stream is not null
                && spec.Fits(stream.Exchange, stream.Name, spec.Connection ?? 0));
    }
}
