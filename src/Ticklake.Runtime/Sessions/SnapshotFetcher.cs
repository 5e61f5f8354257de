using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Ticklake.Exchanges;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>A REST answer as the journal keeps it.</summary>
public sealed record FetchedAnswer(string PathAndQuery, int Status, byte[] Body)
{
    /// <summary>Our clock when the request left.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>From there to the whole answer, by the monotonic clock.</summary>
    public TimeSpan Rtt { get; init; }

    /// <summary>The answer's <c>Date</c>, in whole seconds; null where it has none.</summary>
    public DateTimeOffset? Date { get; init; }
}

/// <summary>
/// Fetches book snapshots of one exchange within its weight limit, and obeys Retry-After. Any thread; requests run one after
/// the other, which is also what the weight allows.
/// </summary>
public sealed class SnapshotFetcher(Uri endpoint, WeightBudget budget, TimeProvider clock, ILogger log) : IDisposable
{
    // Without Retry-After: the documented block is a minute.
    static readonly TimeSpan DefaultBlock = TimeSpan.FromSeconds(60);
    // A firewall in front of the exchange counts requests of its own accord and says for how long to nobody (mexc.md 6:
    // stop all requests for 90 s; Binance's is the same).
    static readonly TimeSpan FirewallBlock = TimeSpan.FromSeconds(90);
    static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    readonly HttpClient _client = new(
        new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = RequestTimeout,
    };

    /// <summary>The answer, whatever its status, or null where none came. Refusals for rate make all later requests wait.</summary>
    public async Task<FetchedAnswer?> FetchAsync(SnapshotRequest request, CancellationToken cancel)
    {
        await budget.TakeAsync(request.Weight, cancel).ConfigureAwait(false);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, endpoint.ToString().TrimEnd('/') + request.PathAndQuery);
            message.Headers.TryAddWithoutValidation("User-Agent", "ticklake/0.1");
            // Coinbase answers out of a cache of one second otherwise (coinbase.md 6.2).
            message.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
            var (sentAt, began) = (clock.GetUtcNow(), clock.GetTimestamp());
            using var answer = await _client.SendAsync(message, cancel).ConfigureAwait(false);
            var body = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
            var rtt = clock.GetElapsedTime(began);
            TakeLimits(answer);
            return new FetchedAnswer(request.PathAndQuery, (int)answer.StatusCode, body)
            {
                SentAt = sentAt,
                Rtt = rtt,
                Date = answer.Headers.Date,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            LogMessages.SnapshotFailed(log, request.PathAndQuery, e.Message);
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    void TakeLimits(HttpResponseMessage answer)
    {
        if (answer.Headers.TryGetValues("X-MBX-USED-WEIGHT-1M", out var used)
            && int.TryParse(used.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var weight))
            budget.Report(weight);
        if ((int)answer.StatusCode is not (429 or 418 or 403))
            return;
        var block = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => answer.StatusCode == HttpStatusCode.Forbidden ? FirewallBlock : DefaultBlock,
        };
        budget.Block(block);
        LogMessages.RateLimited(log, endpoint.Host, (int)answer.StatusCode, block);
    }
}
