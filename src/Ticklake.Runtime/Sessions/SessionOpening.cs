using System.Net.WebSockets;
using Ticklake.Core.Time;
using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>A connection that is there, and its journal.</summary>
/// <param name="Journal">Begun with its <c>open</c> line.</param>
/// <param name="At">When the connection was there.</param>
sealed record OpenedSession(JournalWriter Journal, TimestampNs At);

/// <summary>Opens one session: its connection, then its journal. Before the session's loop runs.</summary>
sealed class SessionOpening(SessionPlan plan, SessionSurroundings around, FrameSocket socket, string connectPath)
{
    /// <summary>Why it could not be opened.</summary>
    public SessionEnd? Failure { get; private set; }

    /// <summary>The open session, or null: see <see cref="Failure"/>.</summary>
    public async Task<OpenedSession?> RunAsync(string connId, string? follows, CancellationToken cancel)
    {
        var address = new Uri(plan.Endpoints.DoorAddress(plan.Door).ToString().TrimEnd('/') + connectPath);
        using var timeout = new CancellationTokenSource(around.Timing.ConnectTimeout, around.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await socket.ConnectAsync(address, either.Token).ConfigureAwait(false);
            var now = TimestampNs.Now(around.Clock);
            var header = new JournalHeader
            {
                Market = plan.Market,
                ConnId = connId,
                Url = address.ToString(),
                LocalAddress = plan.Route.Address?.ToString(),
                Proxy = plan.Route.Proxy?.ToString(),
                Follows = follows,
                Derived = plan.Derived,
                Streams = plan.Streams,
            };
            var journal = await around.OpenJournalAsync(header, now).ConfigureAwait(false);
            LogMessages.Connected(
                around.Log, plan.Market.ToString(), plan.Ordinal, address.ToString(), connId, plan.Streams.Count);
            return new OpenedSession(journal, now);
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException
            or OperationCanceledException or JournalFaultedException)
        {
            var kind = cancel.IsCancellationRequested ? SessionEndKind.Stopped : SessionEndKind.ConnectFailed;
            var reason = e is OperationCanceledException ? $"no connection to {address}{plan.Route.Through} within {around.Timing.ConnectTimeout}"
                : e is JournalFaultedException ? e.Message
                : $"{address} cannot be reached{plan.Route.Through}: {(e.InnerException ?? e).Message}";
            Failure = new SessionEnd(kind, reason, false, socket.HandshakeStatus);
            return null;
        }
    }
}
