using System.Text;
using System.Text.Json;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// The part of a stream's state that outlives the process: enough to leave out what is recorded already and to say what a
/// pause lost. Books are not part of it: they begin anew with a snapshot.
/// </summary>
public sealed record StreamCarry
{
    // An exchange's trade snapshot lists some 30 to 125 trades; more is never asked about.
    const int MostTradeIds = 512;

    public required string Channel { get; init; }

    public required string Symbol { get; init; }

    public string Variant { get; init; } = "";

    public long? CoveredUntilNs { get; init; }

    public long? LastTradeId { get; init; }

    public IReadOnlyList<string> RecentTradeIds { get; init; } = [];

    public long? LastUpdateId { get; init; }

    public long? LastTickerId { get; init; }

    public bool OwesProof { get; init; }

    public static StreamCarry Of(StreamState state) => new()
    {
        Channel = state.Key.Channel.Name(),
        Symbol = state.Key.Symbol,
        Variant = state.Key.Variant,
        CoveredUntilNs = state.CoveredUntil?.Value,
        LastTradeId = Known(state.TradeIds?.Last),
        RecentTradeIds = [.. (state.RecentTrades?.All() ?? []).TakeLast(MostTradeIds).Select(id => id.ToString())],
        LastUpdateId = Known(state.Chained is { IsBridged: true } book ? book.LastUpdateId : null),
        LastTickerId = Known(state.LastTickerId),
        OwesProof = state.Trust?.OwesProof ?? false,
    };

    /// <summary>Puts the state back; false where the carry is of a channel that is not known.</summary>
    public bool ApplyTo(StreamStates states, MarketId market)
    {
        if (!ChannelNames.TryParse(Channel, out var channel))
            return false;
        var state = states.Of(new StreamKey(market, channel, Symbol, Variant));
        if (CoveredUntilNs is { } covered)
            state.CoveredUntil = new TimestampNs(covered);
        if (LastTradeId is { } trade)
            state.TradeIds?.StartAfter(trade);
        if (LastUpdateId is { } update)
            state.Chained?.ContinueAfter(update);
        if (LastTickerId is { } ticker)
            state.LastTickerId = ticker;
        state.Trust?.OwesProof = OwesProof;
        foreach (var id in RecentTradeIds)
        {
            if (TradeId.TryOf(Encoding.UTF8.GetBytes(id), out var known))
                state.RecentTrades?.Add(known);
        }

        return true;
    }

    public static byte[] Write(IEnumerable<StreamCarry> carries) => JsonSerializer.SerializeToUtf8Bytes(carries, Options);

    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = false,
    };

    static long? Known(long? id) => id is null or EventStamp.None ? null : id;
}
