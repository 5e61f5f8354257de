using System.Buffers.Binary;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Ticklake.Simulator.Transport;

/// <summary>WebSocket opcodes of RFC 6455 section 5.2.</summary>
enum Opcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>
/// The server's writing side of one WebSocket, framed here so that many frames leave in one write and so that frames
/// can
/// be torn, split and cut on purpose. Any thread appends; one pump writes.
/// </summary>
sealed class FramedSocket(Stream stream, Socket? socket)
{
    // A client that never reads must not take the whole memory; real exchanges drop such clients too.
    const int MostPending = 512 * 1024 * 1024;

    /// <summary>The client's address.</summary>
    public string Client { get; init; } = "";

    readonly Lock _gate = new();
    readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    byte[] _pending = new byte[64 * 1024];
    byte[] _writing = new byte[64 * 1024];
    int _pendingLength;
    long _appended;
    long _written;
    bool _ends;
    bool _resets;

    public Stream Stream => stream;

    /// <summary>Asked by the pump for more when nothing is pending; false where there is nothing more.</summary>
    public Func<bool>? Refill { get; set; }

    /// <summary>Frames the operating system has accepted.</summary>
    public long WrittenFrames => Interlocked.Read(ref _written);

    public void Append(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool counts = false)
    {
        Span<byte> header = stackalloc byte[10];
        var length = WriteHeader(header, opcode, payload.Length, isFinal);
        lock (_gate)
        {
            if (_ends || _resets || !Reserve(length + payload.Length))
                return;
            header[..length].CopyTo(_pending.AsSpan(_pendingLength));
            payload.CopyTo(_pending.AsSpan(_pendingLength + length));
            _pendingLength += length + payload.Length;
            _appended += counts ? 1 : 0;
        }

        Wake();
    }

    /// <summary>Already framed bytes holding so many messages.</summary>
    public void AppendFramed(ReadOnlySpan<byte> bytes, int frames)
    {
        lock (_gate)
        {
            if (_ends || _resets || !Reserve(bytes.Length))
                return;
            bytes.CopyTo(_pending.AsSpan(_pendingLength));
            _pendingLength += bytes.Length;
            _appended += frames;
        }

        Wake();
    }

    /// <summary>Sends what is pending, then ends the stream.</summary>
    public void End()
    {
        lock (_gate)
            _ends = true;
        Wake();
    }

    /// <summary>A TCP reset, after the pending bytes or instead of them.</summary>
    public void Reset(bool flushFirst)
    {
        lock (_gate)
        {
            _resets = true;
            if (!flushFirst)
                _pendingLength = 0;
        }

        Wake();
    }

    /// <summary>Writes what is appended until the end, a reset or a broken connection.</summary>
    public async Task PumpAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (Refill is not { } refill || !refill())
                await _signal.Reader.ReadAsync(cancellation).ConfigureAwait(false);
            var (length, frames, ends, resets) = Swap();
            if (length > 0)
            {
                await stream.WriteAsync(_writing.AsMemory(0, length), cancellation).ConfigureAwait(false);
                await stream.FlushAsync(cancellation).ConfigureAwait(false);
                Interlocked.Exchange(ref _written, frames);
            }

            if (resets)
                ResetNow();
            if (ends || resets)
                return;
        }
    }

    /// <summary>Writes a header for an unmasked frame; its length.</summary>
    public static int WriteHeader(Span<byte> header, Opcode opcode, int length, bool isFinal = true)
    {
        header[0] = (byte)((isFinal ? 0x80 : 0) | (byte)opcode);
        if (length < 126)
        {
            header[1] = (byte)length;
            return 2;
        }

        if (length <= ushort.MaxValue)
        {
            header[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
            return 4;
        }

        header[1] = 127;
        BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)length);
        return 10;
    }

    (int Length, long Frames, bool Ends, bool Resets) Swap()
    {
        lock (_gate)
        {
            (_pending, _writing) = (_writing, _pending);
            var length = _pendingLength;
            _pendingLength = 0;
            return (length, _appended, _ends, _resets);
        }
    }

    void ResetNow()
    {
        if (socket is null)
            return;
        // Linger 0 turns the close into an RST (RFC 9293 section 3.6): the peer sees no orderly end.
        socket.LingerState = new(true, 0);
        socket.Close();
    }

    bool Reserve(int count)
    {
        var needed = (long)_pendingLength + count;
        if (needed > MostPending)
        {
            _resets = true;
            return false;
        }

        if (needed > _pending.Length)
            Array.Resize(ref _pending, (int)Math.Max(needed, Math.Min(MostPending, _pending.Length * 2L)));
        return true;
    }

    /// <summary>Has the pump look again.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);
}
