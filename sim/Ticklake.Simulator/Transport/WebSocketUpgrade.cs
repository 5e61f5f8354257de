using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ticklake.Simulator.Transport;

/// <summary>The opening handshake of RFC 6455 section 4.2, without extensions.</summary>
static class WebSocketUpgrade
{
    /// <summary>Switches the request to a WebSocket; null (and status 400) where it is no such request.</summary>
    public static async Task<FramedSocket?> AcceptAsync(HttpContext context)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        var key = context.Request.Headers.SecWebSocketKey.ToString();
        if (upgrade is not { IsUpgradableRequest: true } || key.Length == 0)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }

        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = AcceptKey(key);
        var stream = await upgrade.UpgradeAsync().ConfigureAwait(false);
        Socket? socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        if (socket is not null)
            socket.NoDelay = true;
        return new(stream, socket) { Client = context.ClientAddress() };
    }

    // The RFC prescribes SHA-1 here; it guards nothing.
#pragma warning disable CA5350
    static string AcceptKey(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
