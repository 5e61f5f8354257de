using System.Buffers.Binary;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Transport;

/// <summary>What every connection of a simulated exchange stands on.</summary>
sealed record VenueParts(string Exchange, Timeline Timeline, TruthLog Truth, FaultBoard Faults,
    SimulatorOptions Options)
{
    /// <summary>The symbols that are simulated.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>The time that limits are counted by, in microseconds.</summary>
    public long LimitNowUs => Options.LimitClock is { } clock
        ? (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
        : Timeline.NowUs;

    /// <summary>The markets of all symbols by name.</summary>
    public Dictionary<string, ScriptedMarket> CreateMarkets(IReadOnlyList<Timeframe> timeframes, bool fillsEmptyBuckets)
    {
        var pace = new MarketPace(Options.Seed, Options.EventsPerSecond, timeframes, fillsEmptyBuckets);
        return Symbols.ToDictionary(s => s, s => new ScriptedMarket(SymbolSpec.For(s), Timeline, pace));
    }
}

/// <summary>
/// One client: reads its requests, numbers and sends frames through the fault gate, and tells the truth log. Everything
/// except the two socket loops runs with the timeline's gate held.
/// </summary>
abstract class ServedConnection
{
    readonly FramedSocket _socket;
    readonly FaultGate _faults;
    string? _closeReason;

    protected ServedConnection(VenueParts parts, FramedSocket socket, string path)
    {
        Parts = parts;
        _socket = socket;
        Truth = parts.Truth.Open(parts.Exchange, path, socket.Client);
        _faults = new(this);
        Firehose = new(parts.Options.FirehoseFrames);
    }

    public VenueParts Parts { get; }

    public TruthConnection Truth { get; }

    public int Ordinal => Truth.Ordinal;

    public bool IsOpen => _closeReason is null;

    /// <summary>Load lanes; empty outside load tests.</summary>
    public Firehose Firehose { get; }

    public Timeline Timeline => Parts.Timeline;

    /// <summary>The exact bytes of a frame, with whatever counts on this connection.</summary>
    protected abstract byte[] Seal(OutgoingFrame frame);

    /// <summary>Completes a message of a load lane in place, as <see cref="Seal"/> does for the others.</summary>
    protected abstract void SealLane(Utf8Text text, FirehoseLane lane);

    /// <summary>A text message of the client.</summary>
    protected abstract void OnMessage(byte[] text);

    /// <summary>The client can tell from <paramref name="next"/> that <paramref name="lost"/> is missing.</summary>
    public abstract bool Reveals(OutgoingFrame lost, OutgoingFrame next);

    /// <summary>Numbers jump although nothing was lost; true where <paramref name="frame"/> itself shows it.</summary>
    public abstract bool JumpSequence(ArmedFault fault, OutgoingFrame frame);

    /// <summary>A fault of the exchange's own kind (maintenance, restart, daily cut).</summary>
    public abstract void Suffer(ArmedFault fault);

    /// <summary>A level of this update that trades will not reach soon, or null.</summary>
    public virtual NamedLevel? QuietLevel(OutgoingFrame frame) => null;

    protected virtual void OnPong(byte[] payload)
    {
    }

    /// <summary>Called once, when the connection has ended.</summary>
    protected virtual void OnClosed()
    {
    }

    /// <summary>Sends a frame, unless a fault wants otherwise.</summary>
    public void Send(OutgoingFrame frame)
    {
        if (IsOpen)
            _faults.Pass(frame);
    }

    public void SendControl(ReadOnlySpan<byte> text) => Send(OutgoingFrame.Control(text));

    /// <summary>A fault of the whole connection strikes.</summary>
    public void Strike(ArmedFault fault)
    {
        if (IsOpen)
            _faults.StrikeConnection(fault);
    }

    public bool IsMuted(TruthStream? stream) => _faults.IsMuted(stream);

    public byte[] SealNow(OutgoingFrame frame) => Seal(frame);

    /// <summary>Hands bytes to the socket as one message; the frame's ordinal.</summary>
    public long Write(OutgoingFrame frame, byte[] bytes)
    {
        _socket.Append(OpcodeOf(frame), bytes, counts: true);
        return Parts.Truth.Frame(Truth, frame, bytes);
    }

    /// <summary>One message in three fragments, a ping between them as RFC 6455 section 5.4 allows.</summary>
    public long WriteFragments(OutgoingFrame frame, byte[] bytes)
    {
        var third = bytes.Length / 3;
        _socket.Append(OpcodeOf(frame), bytes.AsSpan(0, third), isFinal: false);
        _socket.Append(Opcode.Ping, "between"u8);
        _socket.Append(Opcode.Continuation, bytes.AsSpan(third, third), isFinal: false);
        _socket.Append(Opcode.Continuation, bytes.AsSpan(2 * third), counts: true);
        return Parts.Truth.Frame(Truth, frame, bytes);
    }

    /// <summary>A frame whose header promises more than comes before the reset.</summary>
    public void WriteTorn(OutgoingFrame frame, byte[] bytes)
    {
        Span<byte> header = stackalloc byte[10];
        var length = FramedSocket.WriteHeader(header, OpcodeOf(frame), bytes.Length);
        _socket.AppendFramed([.. header[..length], .. bytes.AsSpan(0, bytes.Length / 2)], 0);
        Finish("torn frame");
        _socket.Reset(flushFirst: true);
    }

    /// <summary>
    /// Has the writer ask for more whenever it has written everything; false ends the asking for now.
    /// </summary>
    protected void SetRefill(Func<bool> refill)
    {
        _socket.Refill = refill;
        _socket.Wake();
    }

    /// <summary>Lets the lanes of <see cref="Firehose"/> fill every write from now on.</summary>
    public void StartFirehose()
    {
        if (_socket.Refill is not null)
            return;
        SetRefill(Refill);
    }

    public void Ping(ReadOnlySpan<byte> payload) => _socket.Append(Opcode.Ping, payload);

    public void Close(ushort code, string reason)
    {
        if (!IsOpen)
            return;
        var text = new Utf8Text().Raw([(byte)(code >> 8), (byte)code]).Raw(reason);
        _socket.Append(Opcode.Close, text.Written);
        Finish($"closed {code} {reason}");
        _socket.End();
    }

    public void Reset()
    {
        Finish("reset");
        _socket.Reset(flushFirst: false);
    }

    /// <summary>Serves the client until either side ends it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadAsync(both.Token);
        var writing = _socket.PumpAsync(both.Token);
        try
        {
            // The pump ends first when we close; the client's answer to a close frame is then awaited in reading.
            var first = await Task.WhenAny(reading, writing).ConfigureAwait(false);
            both.CancelAfter(first == writing && writing.IsCompletedSuccessfully ? 1_000 : 100);
            // A read on a socket that was reset under it may never hear of the cancellation.
            await Task.WhenAll(reading, writing).WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException
            or InvalidOperationException)
        {
            // The client went away in whatever manner: nothing is owed to it.
        }
        finally
        {
            lock (Timeline.Gate)
            {
                Finish("client gone");
                Parts.Truth.Close(Truth, _socket.WrittenFrames, _closeReason!);
            }
        }
    }

    async Task ReadAsync(CancellationToken cancellation)
    {
        var frames = new ClientFrames(_socket.Stream);
        var message = new MemoryStream();
        while (await frames.ReadAsync(cancellation).ConfigureAwait(false) is { } frame)
        {
            lock (Timeline.Gate)
            {
                if (!Handle(frame, message))
                    return;
            }
        }
    }

    bool Handle(ClientFrame frame, MemoryStream message)
    {
        switch (frame.Opcode)
        {
            case Opcode.Ping:
                _socket.Append(Opcode.Pong, frame.Payload);
                OnClientFrame();
                return true;
            case Opcode.Pong:
                OnClientFrame();
                OnPong(frame.Payload);
                return true;
            case Opcode.Close:
                if (IsOpen)
                {
                    _socket.Append(Opcode.Close, frame.Payload);
                    var code = frame.Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(frame.Payload) : 0;
                    Finish($"client closed {code}");
                    _socket.End();
                }

                return false;
        }

        message.Write(frame.Payload);
        if (!frame.IsFinal)
            return true;
        var text = message.ToArray();
        message.SetLength(0);
        OnClientFrame();
        if (IsOpen)
            OnMessage(text);
        return true;
    }

    /// <summary>Counts a frame of the client against its message limit.</summary>
    protected virtual void OnClientFrame()
    {
    }

    static Opcode OpcodeOf(OutgoingFrame frame) => frame.IsBinary ? Opcode.Binary : Opcode.Text;

    bool Refill()
    {
        lock (Timeline.Gate)
        {
            if (!IsOpen)
                return false;
            var block = Firehose.Fill(SealLane, out var frames);
            if (frames == 0)
                return false;
            _socket.AppendFramed(block, frames);
            Firehose.Count(Parts.Truth, Truth);
            return true;
        }
    }

    void Finish(string reason)
    {
        if (_closeReason is not null)
            return;
        _closeReason = reason;
        OnClosed();
    }
}
