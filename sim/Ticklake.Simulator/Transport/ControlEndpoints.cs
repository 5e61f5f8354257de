using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Transport;

/// <summary>
/// The simulator's own doors, for drivers in other processes: <c>/sim/truth, /sim/faults, /sim/book,
/// /sim/advance</c>.
/// </summary>
static class ControlEndpoints
{
    public static void Map(WebApplication server, ExchangeSimulator simulator)
    {
        server.MapGet("/sim/truth", context => WriteAsync(context, simulator.Truth.WriteSummary));
        server.MapPost("/sim/faults", context => ArmAsync(context, simulator));
        server.MapGet("/sim/book/{symbol}", (HttpContext context, string symbol) => WriteBookAsync(
            context, Try(() => simulator.Market(symbol)) is { } market
                ? context.Request.Query.ContainsKey("orders") ? market.Orders() : market.Snapshot()
                : null));
        server.MapGet("/sim/window/{stream}", (HttpContext context, string stream) =>
            WriteBookAsync(context, simulator.Window(stream)));
        server.MapPost("/sim/advance", (HttpContext context, long ms) =>
            simulator.Advance(TimeSpan.FromMilliseconds(ms)));
    }

    static async Task ArmAsync(HttpContext context, ExchangeSimulator simulator)
    {
        using var reader = new StreamReader(context.Request.Body);
        try
        {
            var armed = simulator.Faults.ArmJson(await reader.ReadToEndAsync().ConfigureAwait(false));
            await context.Response.WriteAsync($"{{\"armed\":{armed.Count}}}").ConfigureAwait(false);
        }
        catch (JsonException fault)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(fault.Message).ConfigureAwait(false);
        }
    }

    static async Task WriteBookAsync(HttpContext context, BookSnapshot? book)
    {
        if (book is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("last_update_id", book.LastUpdateId);
            WriteSide(json, "bids", book.Bids);
            WriteSide(json, "asks", book.Asks);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    static void WriteSide(Utf8JsonWriter json, string name, IReadOnlyList<BookRow> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartArray();
            json.WriteNumberValue(row.Price);
            json.WriteNumberValue(row.Amount);
            json.WriteNumberValue(row.OrderId == 0 ? row.Count : row.OrderId);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, JsonText.Compact))
            write(json);
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(buffer.ToArray()).ConfigureAwait(false);
    }

    static ScriptedMarket? Try(Func<ScriptedMarket> find)
    {
        try
        {
            return find();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
