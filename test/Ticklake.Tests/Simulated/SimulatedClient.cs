using System.Net.WebSockets;
using System.Text;

namespace Ticklake.Tests.Simulated;

/// <summary>A plain WebSocket client that keeps every message it receives, binary ones in base64.</summary>
sealed class SimulatedClient : IAsyncDisposable
{
    readonly ClientWebSocket _socket = new();
    readonly byte[] _buffer = new byte[1024 * 1024];

    public List<string> Messages { get; } = [];

    public WebSocketCloseStatus? Closed => _socket.CloseStatus;

    public static async Task<SimulatedClient> ConnectAsync(Uri address, string pathAndQuery = "")
    {
        var client = new SimulatedClient();
        client._socket.Options.CollectHttpResponseDetails = true;
        await client._socket.ConnectAsync(new(address + pathAndQuery), Patience());
        return client;
    }

    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Patience());

    /// <summary>The next message, or null when the server has closed.</summary>
    public async Task<string?> ReadAsync()
    {
        using var message = new MemoryStream();
        while (true)
        {
            var result = await _socket.ReceiveAsync(_buffer, Patience());
            if (result.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(_buffer, 0, result.Count);
            if (!result.EndOfMessage)
                continue;
            var text = result.MessageType == WebSocketMessageType.Binary
                ? Convert.ToBase64String(message.ToArray())
                : Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length);
            Messages.Add(text);
            return text;
        }
    }

    /// <summary>Reads until a message contains the text; that message.</summary>
    public async Task<string> ReadUntilAsync(string part)
    {
        while (await ReadAsync() is { } text)
        {
            if (text.Contains(part, StringComparison.Ordinal))
                return text;
        }

        throw new InvalidOperationException($"Closed before '{part}' came.");
    }

    /// <summary>Reads everything that the server has sent so far, in this order: a request marks the end.</summary>
    public async Task DrainAsync(string request, string answer)
    {
        await SendAsync(request);
        await ReadUntilAsync(answer);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
}
