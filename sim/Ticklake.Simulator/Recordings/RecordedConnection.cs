using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Recordings;

/// <summary>
/// Plays one recording to one client: the conversation first, then the frames in their order, at once or at their own
/// pace. It begins when every recorded stream was asked for, or a second after the last request.
/// </summary>
sealed class RecordedConnection : ServedConnection
{
    const int FramesPerFill = 1_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly RecordedDialogue _dialogue;
    readonly RecordedFrame[] _frames;
    readonly TruthStream _stream;
    readonly bool _endsAfterwards;
    int _next;
    int _requests;
    bool _plays;

    public RecordedConnection(VenueParts parts, FramedSocket socket, Recording recording, RecordedPlay play)
        : base(parts, socket, play.Path)
    {
        _dialogue = RecordedDialogue.For(recording);
        _frames = [.. recording.Frames.Where(_dialogue.Plays)];
        _endsAfterwards = play.EndsAfterwards;
        _stream = parts.Truth.GetOrAddStream(parts.Exchange, "recording", "", "");
        if (_dialogue.Greeting is { } greeting)
            SendControl(greeting);
        if (play.Streams.Count > 0 && _dialogue is BinanceDialogue binance)
        {
            binance.Ask(play.Streams);
            Consider();
        }
    }

    public override bool Reveals(OutgoingFrame lost, OutgoingFrame next) => next.Kind != FrameKind.Control;

    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame) => true;

    public override void Suffer(ArmedFault fault) => Close(1001, "going away");

    protected override byte[] Seal(OutgoingFrame frame) => frame.Body;

    protected override void SealLane(Utf8Text text, FirehoseLane lane)
    {
    }

    protected override void OnMessage(byte[] text)
    {
        using var json = JsonDocument.Parse(text);
        SendControl(_dialogue.Answer(json.RootElement));
        Consider();
    }

    void Consider()
    {
        var request = ++_requests;
        if (_dialogue.IsComplete)
            Play();
        else
            Timeline.In(Patience, () =>
            {
                if (request == _requests)
                    Play();
            });
    }

    void Play()
    {
        if (_plays || !IsOpen)
            return;
        _plays = true;
        if (Parts.Options.PacesRecordings)
            PlayNext();
        else
            SetRefill(Fill);
    }

    void PlayNext()
    {
        if (!IsOpen || !SendOne())
            return;
        var waitNs = _next < _frames.Length ? _frames[_next].TimeNs - _frames[_next - 1].TimeNs : 0;
        Timeline.In(TimeSpan.FromTicks(Math.Max(0, waitNs) / 100), PlayNext);
    }

    bool Fill()
    {
        lock (Timeline.Gate)
        {
            for (var i = 0; i < FramesPerFill; i++)
            {
                if (!IsOpen || !SendOne())
                    return i > 0;
            }

            return true;
        }
    }

    bool SendOne()
    {
        if (_next < _frames.Length)
        {
            Send(new(_stream, FrameKind.Update, _frames[_next++].Text));
            return true;
        }

        if (_endsAfterwards)
            Close(1000, "end of the recording");
        return false;
    }
}

/// <summary>How a recording is asked for on one connection.</summary>
/// <param name="Path">Path and query of the handshake.</param>
/// <param name="Streams">Streams named in it (Binance).</param>
/// <param name="EndsAfterwards">Another session follows: close when this one is played.</param>
sealed record RecordedPlay(string Path, IReadOnlyList<string> Streams, bool EndsAfterwards);
