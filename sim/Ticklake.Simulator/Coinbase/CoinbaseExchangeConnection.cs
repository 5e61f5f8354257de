using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Coinbase;

/// <summary>
/// One client of the Exchange feed (coinbase.md 3.1, part A): several channels a request, nothing numbered. Streams are
/// named <c>exchange/matches:BTC-USD</c>.
/// </summary>
sealed class CoinbaseExchangeConnection(CoinbaseVenue venue, FramedSocket socket, string path)
    : CoinbaseConnection(venue, socket, path)
{
    const string Prefix = "exchange/";

    static readonly string[] Channels = ["matches", "ticker", "heartbeat", "level2_batch", "level2_50"];
    static readonly string[] WithLogin = ["level2", "level3", "full"];

    // Heartbeats of the product since a match was lost: the second one shows it to a client.
    readonly Dictionary<OutgoingFrame, int> _beatsSince = new(ReferenceEqualityComparer.Instance);

    public override bool Reveals(OutgoingFrame lost, OutgoingFrame next)
    {
        if (lost.Stream == next.Stream)
            return true;
        if (next.Kind != FrameKind.Heartbeat || lost.Stream?.Table != "trades" || next.Stream?.Symbol != lost.Stream.Symbol)
            return false;
        return (_beatsSince[lost] = _beatsSince.GetValueOrDefault(lost) + 1) >= 2;
    }

    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame)
    {
        if (frame.Stream is { Table: "trades" } stream)
            Venue.Market(stream.Symbol)!.SkipTradeIds(fault.Spec.Amount == 0 ? 3 : fault.Spec.Amount);
        return false;
    }

    /// <summary>The message is complete as its stream wrote it.</summary>
    protected override byte[] Seal(OutgoingFrame frame) => frame.Body;

    protected override void Handle(JsonElement request, bool subscribes)
    {
        if (!request.TryGetProperty("channels", out var channels) || channels.ValueKind != JsonValueKind.Array)
        {
            Refuse("Failed to subscribe", "channels must be an array");
            return;
        }

        var common = Texts(request, "product_ids");
        var names = new List<string>();
        foreach (var entry in channels.EnumerateArray())
        {
            var isPlain = entry.ValueKind == JsonValueKind.String;
            var channel = (isPlain ? entry.GetString() : entry.Text("name")) ?? "";
            var products = isPlain ? common : [.. common.Union(Texts(entry, "product_ids"))];
            if (!subscribes && products.Count == 0)
                products = [.. Names.Select(SplitName).Where(n => n.Channel == channel).Select(n => n.Product)];
            names.AddRange(products.Select(p => $"{Prefix}{channel}:{Venue.Resolve(p)}"));
            if (subscribes && Reason(channel, products) is { } reason)
            {
                Refuse("Failed to subscribe", reason);
                return;
            }
        }

        if (subscribes && names.Find(name => Refusal(name) is not null) is { } refused)
        {
            Refuse("Failed to subscribe", SplitName(refused).Product + " is not a valid product");
            return;
        }

        // Data can come before the acknowledgement (coinbase.md 3.1).
        names.ForEach(name => _ = subscribes ? AddOne(name) : Remove(name));
        Acknowledge();
    }

    bool AddOne(string name)
    {
        Add(name);
        return true;
    }

    string? Reason(string channel, List<string> products)
    {
        if (WithLogin.Contains(channel))
            return "level2, level3, and full channels now require authentication.";
        if (!Channels.Contains(channel))
            return channel + " is not a valid channel";
        var unknown = products.Find(p => Venue.Find(Venue.Resolve(p)) is null);
        return unknown is null ? null : unknown + " is not a valid product";
    }

    void Acknowledge()
    {
        var text = new Utf8Text().Raw("{\"type\":\"subscriptions\",\"channels\":["u8);
        var isFirst = true;
        foreach (var channel in Names.Select(SplitName).GroupBy(n => n.Channel))
        {
            text.Raw(isFirst ? "{\"name\":"u8 : ",{\"name\":"u8).Quoted(channel.Key).Raw(",\"product_ids\":["u8);
            // In no order that means anything.
            var products = channel.Select(c => c.Product).Reverse().ToList();
            for (var i = 0; i < products.Count; i++)
                text.Raw(i == 0 ? ""u8 : ","u8).Quoted(products[i]);
            text.Raw("],\"account_ids\":null}"u8);
            isFirst = false;
        }

        SendControl(text.Raw("]}"u8).Written);
    }

    protected override VenueStream? Create(string name)
    {
        var (channel, product) = SplitName(name);
        return Venue.Find(product) is not { } market ? null : channel switch
        {
            "matches" => new MatchesStream(this, TruthOf(name, "trades", product), market),
            "ticker" => new ExchangeTickerStream(this, TruthOf(name, "ticker", product), market),
            "heartbeat" => new ExchangeHeartbeatStream(this, TruthOf(name, "", product), market),
            _ => new ExchangeBookStream(this, TruthOf(name, "books", product), market),
        };
    }

    static (string Channel, string Product) SplitName(string name) => Split(name[Prefix.Length..]);
}
