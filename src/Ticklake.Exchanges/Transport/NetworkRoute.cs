using System.Net;
using System.Net.Sockets;

namespace Ticklake.Exchanges.Transport;

/// <summary>How a connection leaves this machine.</summary>
/// <param name="Address">The local address its sockets are bound to, or null where the system chooses.</param>
/// <param name="Proxy">The HTTP proxy it goes through, or null for none but that of the environment.</param>
public sealed record NetworkRoute(IPAddress? Address = null, ProxyAddress? Proxy = null)
{
    public static NetworkRoute Direct { get; } = new();

    /// <summary>What messages about a failure add: <c> through the proxy host:port</c>, or nothing.</summary>
    public string Through => Proxy is null ? "" : $" through the proxy {Proxy}";

    /// <summary>A new handler whose connections take this route; WebSocket handshakes and REST requests alike.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (Proxy is not null)
            handler.Proxy = Proxy.ToWebProxy();
        // With a proxy the end point is the proxy's: the socket is bound all the same.
        if (Address is { } address)
            handler.ConnectCallback = (context, cancel) => ConnectAsync(address, context.DnsEndPoint, cancel);
        return handler;
    }

    static async ValueTask<Stream> ConnectAsync(IPAddress local, DnsEndPoint remote, CancellationToken cancel)
    {
        var targets = await Dns.GetHostAddressesAsync(remote.Host, local.AddressFamily, cancel).ConfigureAwait(false);
        if (targets.Length == 0)
            throw new IOException($"{remote.Host} has no address that the local address {local} could reach");
        Exception? last = null;
        foreach (var target in targets)
        {
            // A socket that failed to connect is not bound any more.
            var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                Bind(socket, local);
                await socket.ConnectAsync(new IPEndPoint(target, remote.Port), cancel).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e)
            {
                socket.Dispose();
                if (e is not SocketException)
                    throw;
                last = e;
            }
        }

        throw last!;
    }

    static void Bind(Socket socket, IPAddress local)
    {
        try
        {
            socket.Bind(new IPEndPoint(local, 0));
        }
        catch (SocketException e)
        {
            throw new IOException($"the local address {local} cannot be used: {e.Message}", e);
        }
    }
}
