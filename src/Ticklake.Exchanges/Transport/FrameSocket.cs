using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Ticklake.Exchanges.Transport;

/// <summary>
/// One WebSocket connection that gives whole messages out of one reused buffer. Asked by its session's loop only:
/// <see cref="TryReceive"/> until it is false, then sleep on the signal, which is set when there is more.
/// </summary>
public sealed class FrameSocket : IAsyncDisposable
{
    // A first guess that fits almost every message; a book snapshot grows it once.
    const int StartBuffer = 64 * 1024;
    const int ReceiveChunk = 16 * 1024;

    readonly ClientWebSocket _socket = new();
    readonly HttpMessageInvoker _route;
    readonly WakeSignal _signal;
    readonly int _mostFrameBytes;
    readonly Action _wake;
    readonly CancellationTokenSource _abort = new();
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(StartBuffer);
    int _length;
    ValueTask<ValueWebSocketReceiveResult> _pending;
    bool _isReceiving;
    bool _isWakeRegistered;

    /// <param name="signal">Set when a message can be received.</param>
    /// <param name="mostFrameBytes">A longer message ends the connection: it can only be an attack or a fault.</param>
    /// <param name="route">How the connection leaves this machine.</param>
    public FrameSocket(WakeSignal signal, int mostFrameBytes, NetworkRoute? route = null)
    {
        _route = new HttpMessageInvoker((route ?? NetworkRoute.Direct).CreateHandler());
        _signal = signal;
        _mostFrameBytes = mostFrameBytes;
        _wake = signal.Set;
        _socket.Options.CollectHttpResponseDetails = true;
        _socket.Options.SetBuffer(ReceiveChunk, 4096);
        // The runtime answers the server's pings; our own unsolicited pongs would count as messages (binance.md A2).
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
    }

    /// <summary>HTTP status of a refused handshake, or 0.</summary>
    public int HandshakeStatus => (int)_socket.HttpStatusCode;

    public bool IsClosedByServer { get; private set; }

    public string CloseText =>
        $"{(int?)_socket.CloseStatus ?? 1005} {_socket.CloseStatusDescription}".TrimEnd();

    public Task ConnectAsync(Uri address, CancellationToken cancel)
    {
        _socket.Options.SetRequestHeader("User-Agent", "ticklake/0.1");
        return _socket.ConnectAsync(address, _route, cancel);
    }

    /// <summary>
    /// The next whole message, if one can be had without waiting; valid until the next call. False: nothing now (the signal
    /// will be set), or <see cref="IsClosedByServer"/>.
    /// </summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="InvalidDataException">The message is longer than allowed.</exception>
    public bool TryReceive(out ReadOnlySpan<byte> frame, out bool isBinary)
    {
        frame = default;
        isBinary = false;
        while (!IsClosedByServer)
        {
            if (!_isReceiving)
            {
#pragma warning disable CA2012 // Held until completed, then consumed exactly once below: a receive must survive several polls.
                _pending = _socket.ReceiveAsync(_buffer.AsMemory(_length), _abort.Token);
#pragma warning restore CA2012
                _isReceiving = true;
                _isWakeRegistered = false;
            }

            if (!_pending.IsCompleted)
            {
                RegisterWake();
                return false;
            }

            _isReceiving = false;
            var result = _pending.GetAwaiter().GetResult();
            if (result.MessageType == WebSocketMessageType.Close)
            {
                IsClosedByServer = true;
                return false;
            }

            _length += result.Count;
            if (_length > _mostFrameBytes)
                throw new InvalidDataException($"A message of more than {_mostFrameBytes:N0} bytes was received.");
            if (result.EndOfMessage)
            {
                frame = _buffer.AsSpan(0, _length);
                isBinary = result.MessageType == WebSocketMessageType.Binary;
                _length = 0;
                return true;
            }

            if (_length == _buffer.Length)
                Grow();
        }

        return false;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel) =>
        _socket.SendAsync(frame, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, cancel);

    /// <summary>
    /// Says goodbye; the caller goes on receiving until <see cref="IsClosedByServer"/>, so that nothing sent before the
    /// server's own goodbye is lost.
    /// </summary>
    public async Task CloseOutputAsync(CancellationToken cancel)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_buffer.Length == 0)
            return;
        await _abort.CancelAsync().ConfigureAwait(false);
        _socket.Abort();
        if (_isReceiving)
            await EndReceiveAsync().ConfigureAwait(false);
        _socket.Dispose();
        _route.Dispose();
        _abort.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // The buffer may be given back only when no receive can still be writing to it.
    async Task EndReceiveAsync()
    {
        _isReceiving = false;
        try
        {
            // A receive that is to wake the signal has its one continuation already.
            while (_isWakeRegistered && !_pending.IsCompleted)
                await _signal.WaitAsync().ConfigureAwait(false);
            await _pending.ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Aborted on purpose.
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void RegisterWake()
    {
        if (_isWakeRegistered)
            return;
        _isWakeRegistered = true;
        _pending.GetAwaiter().UnsafeOnCompleted(_wake);
    }

    void Grow()
    {
        // One byte more than allowed, to see the end of a message that is just as long as allowed.
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_buffer.Length * 2L, _mostFrameBytes + 1L));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
