using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ticklake.Simulator.Recordings;

namespace Ticklake.Simulator.Transport;

/// <summary>The HTTP server on loopback and the paths of the exchanges.</summary>
static class SimulatorServer
{
    public static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MinResponseDataRate = null;
            // Reading a client's few frames needs no big buffer; writing wants one that a burst fits in.
            kestrel.Limits.MaxResponseBufferSize = 1024 * 1024;
        });
        // The host's own handling of Ctrl+C would take it from the program that the simulator runs in.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder.Build();
    }

    /// <summary>The same doors, behind which a recording is played.</summary>
    public static void Map(WebApplication server, RecordedVenue venue)
    {
        if (venue.Parts.Exchange == "bitfinex")
        {
            server.Map("/bitfinex/ws/2", context => venue.ServeAsync(context, ""));
            server.MapGet("/bitfinex/v2/{**path}", (HttpContext context) => venue.ServeRestAsync(context));
            return;
        }

        server.Map("/binance/stream", context =>
            venue.ServeAsync(context, context.Request.Query["streams"].ToString()));
        server.Map("/binance/ws/{**streams}", (HttpContext context, string? streams) =>
            venue.ServeAsync(context, streams ?? ""));
        server.MapGet("/binance/api/v3/{**path}", (HttpContext context) => venue.ServeRestAsync(context));
    }

    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
