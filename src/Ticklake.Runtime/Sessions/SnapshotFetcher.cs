using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>A REST answer as the journal keeps it.</summary>
public sealed record FetchedAnswer(string PathAndQuery, int Status, byte[] Body);

/// <summary>
/// Asks one exchange's REST interface from one address, within its budget, and obeys what refusals say. Any thread; several
/// requests are under way at a time, as many as the budget lets.
/// </summary>
public sealed class SnapshotFetcher : IDisposable
{
    // Whatever a refusal says, asking again at once is never right, and no ban lasts longer (binance.md A6).
    static readonly TimeSpan ShortestBlock = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestBlock = TimeSpan.FromDays(3);
    // A ban that names no end: two minutes are the shortest of those documented, and they grow (binance.md A6, upbit.md 6.7).
    static readonly TimeSpan BanBlock = TimeSpan.FromMinutes(5);
    static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);
    const int TeapotStatus = 418;

    readonly Uri _endpoint;
    readonly RateBudget _budget;
    readonly RestLimit _limit;
    readonly NetworkRoute _route;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly HttpClient _client;

    /// <param name="endpoint">Base address of the REST interface.</param>
    /// <param name="budget">Of its pool and the route's address; shared with all who ask there.</param>
    /// <param name="limit">The exchange's limit: what refusals that do not say cost.</param>
    /// <param name="route">How requests leave this machine.</param>
    /// <param name="clock">Every time comes from here.</param>
    /// <param name="log">The recorder's log.</param>
    public SnapshotFetcher(
        Uri endpoint, RateBudget budget, RestLimit limit, NetworkRoute route, TimeProvider clock, ILogger log)
    {
        (_endpoint, _budget, _limit, _route, _clock, _log) = (endpoint, budget, limit, route, clock, log);
        var handler = route.CreateHandler();
        handler.AutomaticDecompression = DecompressionMethods.All;
        _client = new HttpClient(handler) { Timeout = RequestTimeout };
    }

    /// <summary>The answer, whatever its status, or null where none came. Refusals for rate make all later requests wait.</summary>
    public async Task<FetchedAnswer?> FetchAsync(SnapshotRequest request, CancellationToken cancel)
    {
        using var share = await _budget.TakeAsync(request.Weight, cancel).ConfigureAwait(false);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, _endpoint.ToString().TrimEnd('/') + request.PathAndQuery);
            message.Headers.TryAddWithoutValidation("User-Agent", "ticklake/0.1");
            using var answer = await _client.SendAsync(message, cancel).ConfigureAwait(false);
            var body = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
            // Not the exchange's word.
            if (answer.StatusCode == HttpStatusCode.ProxyAuthenticationRequired)
                throw new HttpRequestException("it wants other credentials (HTTP 407)");
            TakeLimits(answer);
            return new FetchedAnswer(request.PathAndQuery, (int)answer.StatusCode, body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            LogMessages.SnapshotFailed(_log, request.PathAndQuery, _route.Through, e.Message);
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    void TakeLimits(HttpResponseMessage answer)
    {
        if (answer.Headers.TryGetValues("X-MBX-USED-WEIGHT-1M", out var used)
            && int.TryParse(used.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var weight))
            _budget.Report(weight);
        var status = (int)answer.StatusCode;
        if (status is not (429 or TeapotStatus or 403))
            return;
        var asked = Named(answer.Headers) ?? (status == TeapotStatus ? BanBlock
            : answer.StatusCode == HttpStatusCode.Forbidden ? _limit.FirewallBlock : _limit.RefusalBlock);
        var block = asked < ShortestBlock ? ShortestBlock : asked > LongestBlock ? LongestBlock : asked;
        _budget.Block(block);
        LogMessages.RateLimited(_log, _endpoint.Host, status, block);
    }

    TimeSpan? Named(HttpResponseHeaders headers)
    {
        if (headers.RetryAfter is { } after)
            return after.Delta ?? after.Date - _clock.GetUtcNow();
        // Gate.io names the second at which its window ends (gateio.md 6).
        return headers.TryGetValues("X-Gate-RateLimit-Reset-Timestamp", out var reset)
            && long.TryParse(reset.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            && second < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(second) - _clock.GetUtcNow()
            : null;
    }
}
