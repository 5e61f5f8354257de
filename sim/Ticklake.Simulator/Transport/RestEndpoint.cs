using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Transport;

/// <summary>Runs a REST question under the timeline's gate, logs it and sends the answer.</summary>
static class RestEndpoint
{
    /// <param name="context">The request.</param>
    /// <param name="parts">The venue's.</param>
    /// <param name="path">As the truth log names it.</param>
    /// <param name="answer">Called with the gate held.</param>
    /// <param name="symbol">The symbol asked about, where it is not the query's <c>symbol</c>.</param>
    public static async Task ServeAsync(
        HttpContext context, VenueParts parts, string path, Func<RestAnswer> answer, string? symbol = null)
    {
        RestAnswer result;
        lock (parts.Timeline.Gate)
        {
            result = answer();
            parts.Truth.Answer(parts.Exchange, context.ClientAddress(), Subject(context, path, symbol), result.Status, result.Rows);
        }

        context.Response.StatusCode = result.Status;
        context.Response.ContentType = "application/json;charset=UTF-8";
        foreach (var (name, value) in result.Headers)
            context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(result.Body, context.RequestAborted).ConfigureAwait(false);
    }

    // Rows are counted by symbol, as a recorder stores them.
    static string Subject(HttpContext context, string path, string? symbol) =>
        (symbol ?? (string?)context.Request.Query["symbol"]) is { } named ? $"{path} {named}" : path;

    /// <summary>The answer of a rate-limit or ban fault armed for this path, or null.</summary>
    public static RestAnswer? Refusal(VenueParts parts, string path, byte[] body)
    {
        if (parts.Faults.AtRequest(parts.Exchange, path) is not { } fault)
            return null;
        var status = fault.Spec.Kind == Faults.FaultKind.Ban ? 418 : 429;
        parts.Truth.Fault(new TruthFault(fault.Ordinal, fault.Spec.Kind.ToString(), path, 0, 0, "HTTP " + status));
        var seconds = fault.Spec.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return new(status, body) { Headers = [("Retry-After", seconds)] };
    }

    public static int Number(this IQueryCollection query, string name, int otherwise) =>
        int.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    public static long? Long(this IQueryCollection query, string name) =>
        long.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
