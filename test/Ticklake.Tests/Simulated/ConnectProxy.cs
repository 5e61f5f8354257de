using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ticklake.Tests.Simulated;

/// <summary>What a client asked a <see cref="ConnectProxy"/> for.</summary>
sealed record ProxiedRequest(string Method, string Target, string Client, bool WasLetThrough);

/// <summary>
/// A small HTTP proxy on loopback: tunnels by CONNECT, forwards requests for whole addresses, and asks for credentials where
/// it has any.
/// </summary>
sealed class ConnectProxy : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentQueue<ProxiedRequest> _requests = new();
    readonly ConcurrentBag<Task> _clients = [];
    readonly string? _expected;
    readonly Task _run;

    public ConnectProxy(string? user = null, string? password = null)
    {
        _expected = user is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        _listener.Start();
        _run = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyCollection<ProxiedRequest> Requests => _requests;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _run;
        await Task.WhenAll(_clients);
        _stop.Dispose();
    }

    async Task RunAsync()
    {
        try
        {
            while (true)
                _clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                var request = head[0].Split(' ');
                var isAllowed = _expected is null || head.Contains("Proxy-Authorization: " + _expected);
                var from = ((IPEndPoint)client.Client.RemoteEndPoint!).Address.ToString();
                _requests.Enqueue(new(request[0], request[1], from, isAllowed));
                if (!isAllowed)
                {
                    await stream.WriteAsync(
                        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(),
                        _stop.Token);
                    return;
                }

                var isTunnel = request[0] == "CONNECT";
                var target = new Uri(isTunnel ? "http://" + request[1] : request[1]);
                await server.ConnectAsync(target.Host, target.Port, _stop.Token);
                if (isTunnel)
                    await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
                else
                {
                    var kept = head.Skip(1).Where(h => !h.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase));
                    await server.GetStream().WriteAsync(
                        Encoding.ASCII.GetBytes($"{request[0]} {target.PathAndQuery} HTTP/1.1\r\n{string.Concat(kept.Select(h => h + "\r\n"))}\r\n"),
                        _stop.Token);
                }

                await Task.WhenAny(
                    stream.CopyToAsync(server.GetStream(), _stop.Token), server.GetStream().CopyToAsync(stream, _stop.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One of the two has left.
            }
        }
    }

    async Task<string[]> ReadHeadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                throw new IOException("the client has left");
            head.Add(one[0]);
        }

        return Encoding.ASCII.GetString([.. head]).TrimEnd().Split("\r\n");
    }
}
