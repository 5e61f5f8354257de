using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Shouldly;
using Ticklake.Exchanges.Transport;
using Xunit;

namespace Ticklake.Tests.Exchanges.Transport;

/// <summary>Against a server that writes WebSocket frames by hand, so that it can cut them anywhere.</summary>
public sealed class FrameSocketTests
{
    const int Most = 16 * 1024 * 1024;

    [Fact]
    public async Task A_message_in_fragments_of_one_byte_is_one_message()
    {
        var text = Encoding.UTF8.GetBytes("[1,\"ü\",2]");
        var wire = new List<byte>();
        for (var i = 0; i < text.Length; i++)
            wire.AddRange([(byte)((i == 0 ? 1 : 0) | (i == text.Length - 1 ? 0x80 : 0)), 1, text[i]]);
        var seen = await ReceiveAsync([[.. wire], Frame(1, "two"u8.ToArray()), Frame(2, [0, 1])], 3);
        seen.ShouldBe(["[1,\"ü\",2]", "two", "\0\u0001 binary"]);
    }

    [Fact]
    public async Task A_message_as_long_as_allowed_comes_whole_and_a_longer_one_ends_the_connection()
    {
        var seen = await ReceiveAsync([Frame(1, Letters(Most)), Frame(1, "next"u8.ToArray())], 2);
        seen.Select(x => x.Length).ShouldBe([Most, 4]);
        await Should.ThrowAsync<InvalidDataException>(() => ReceiveAsync([Frame(1, Letters(Most + 1))], 1));
    }

    [Fact]
    public async Task What_came_before_the_servers_goodbye_is_received()
    {
        var seen = await ReceiveAsync([Frame(1, "last"u8.ToArray()), Frame(8, [0x03, 0xE9, (byte)'b', (byte)'y', (byte)'e'])], 9);
        seen.ShouldBe(["last", "closed 1001 bye"]);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_told() =>
        await Should.ThrowAsync<WebSocketException>(() => ReceiveAsync([Frame(1, "half"u8.ToArray())[..4]], 1));

    static byte[] Letters(int count)
    {
        var letters = new byte[count];
        letters.AsSpan().Fill((byte)'x');
        return letters;
    }

    static byte[] Frame(byte opcode, byte[] payload)
    {
        var head = new byte[payload.Length < 126 ? 2 : 10];
        head[0] = (byte)(0x80 | opcode);
        head[1] = (byte)(payload.Length < 126 ? payload.Length : 127);
        if (head.Length == 10)
            BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(2), payload.Length);
        return [.. head, .. payload];
    }

    static async Task<List<string>> ReceiveAsync(byte[][] wire, int most)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = ServeAsync(listener, wire);
        var signal = new WakeSignal();
        await using var socket = new FrameSocket(signal, Most);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), cancel);
        var seen = new List<string>();
        while (seen.Count < most)
        {
            while (seen.Count < most && Take(socket, seen))
            {
            }

            if (socket.IsClosedByServer)
            {
                seen.Add($"closed {socket.CloseText}");
                break;
            }

            if (seen.Count < most)
                await signal.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancel);
        }

        // The server waits for the end of the connection.
        await socket.DisposeAsync();
        await server.WaitAsync(TimeSpan.FromSeconds(30), cancel);
        return seen;
    }

    static bool Take(FrameSocket socket, List<string> seen)
    {
        if (!socket.TryReceive(out var frame, out var isBinary))
            return false;
        seen.Add(Encoding.UTF8.GetString(frame) + (isBinary ? " binary" : ""));
        return true;
    }

    // Answers the handshake (RFC 6455 section 4.2.2), writes what it was given, and ends the connection.
    static async Task ServeAsync(TcpListener listener, byte[][] wire)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            request.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        var key = request.ToString().Split("\r\n").First(x => x.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))
            .Split(':')[1].Trim();
#pragma warning disable CA5350 // The handshake of RFC 6455 is made of SHA-1; nothing is protected by it.
        var accept = Convert.ToBase64String(
            System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        try
        {
            foreach (var bytes in wire)
                await stream.WriteAsync(bytes);
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // The client has had enough.
        }
    }
}
