using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Coinbase;

/// <summary>
/// One client of Advanced Trade (coinbase.md 3.2, part B): one channel a request, and a number on every frame of the
/// connection but errors. Streams are named <c>level2:BTC-USD</c>.
/// </summary>
sealed class CoinbaseAdvancedConnection : CoinbaseConnection
{
    const int MostBooks = 30;

    static readonly string[] Channels = ["level2", "market_trades", "ticker", "candles", "heartbeats"];

    static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(75);

    long _sequence;
    long _lastSentUs;

    public CoinbaseAdvancedConnection(CoinbaseVenue venue, FramedSocket socket, string path)
        : base(venue, socket, path)
    {
        _lastSentUs = Timeline.NowUs;
        Timeline.Every(TimeSpan.FromSeconds(5), CloseIfIdle);
    }

    // Every frame but an error shows which number is missing.
    public override bool Reveals(OutgoingFrame lost, OutgoingFrame next) => IsNumbered(next);

    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame)
    {
        _sequence += fault.Spec.Amount == 0 ? 3 : fault.Spec.Amount;
        return true;
    }

    /// <summary>A frame's body is its channel, a line end and its events; numbers are given when it is sent.</summary>
    protected override byte[] Seal(OutgoingFrame frame)
    {
        _lastSentUs = Timeline.NowUs;
        if (!IsNumbered(frame))
            return frame.Body;
        var end = frame.Body.AsSpan().IndexOf((byte)'\n');
        return new Utf8Text().Raw("{\"channel\":\""u8).Raw(frame.Body.AsSpan(0, end)).Raw("\""u8)
            .Key("timestamp").Time(Timeline.NowUs, CoinbaseText.NanosecondsToo)
            .Key("sequence_num").Integer(_sequence++)
            .Key("events").Raw(frame.Body.AsSpan(end + 1)).Raw("}"u8).ToArray();
    }

    protected override void Handle(JsonElement request, bool subscribes)
    {
        var channel = request.Text("channel") ?? "";
        var products = channel == "heartbeats"
            ? ["heartbeats"]
            : Texts(request, "product_ids").ConvertAll(Venue.Resolve);
        var unknown = products.Find(p => channel != "heartbeats" && Venue.Find(p) is null);
        if (!Channels.Contains(channel) || unknown is not null)
        {
            Refuse(unknown is null ? "channel not found" : unknown + " is not a valid product", null);
            return;
        }

        var names = products.ConvertAll(p => $"{channel}:{p}");
        if (subscribes)
            Subscribe(channel, names);
        else
            names.ForEach(name => Remove(name));
        Acknowledge();
    }

    void Subscribe(string channel, List<string> names)
    {
        foreach (var name in names)
        {
            if (Refusal(name) is not null)
                Refuse(Split(name).Product + " is not a valid product", null);
            else if (channel == "level2" && !Has(name) && Names.Count(n => Split(n).Channel == channel) >= MostBooks)
                Refuse("too many L2 streams requested in a single session", null);
            else
                Add(name);
        }
    }

    /// <summary>The complete present set, after the first data of what is new in it, as recorded in 2026-08.</summary>
    void Acknowledge()
    {
        var text = new Utf8Text().Raw("subscriptions\n[{\"subscriptions\":{"u8);
        var isFirst = true;
        foreach (var channel in Names.Select(Split).GroupBy(n => n.Channel).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            text.Raw(isFirst ? ""u8 : ","u8).Quoted(channel.Key).Raw(":["u8);
            var products = channel.Select(c => c.Product).ToList();
            for (var i = 0; i < products.Count; i++)
                text.Raw(i == 0 ? ""u8 : ","u8).Quoted(products[i]);
            text.Raw("]"u8);
            isFirst = false;
        }

        Send(OutgoingFrame.Control(text.Raw("}}]"u8).Written));
    }

    protected override VenueStream? Create(string name)
    {
        var (channel, product) = Split(name);
        if (channel == "heartbeats")
            return new AdvancedHeartbeatStream(this, TruthOf(name, "", ""));
        if (Venue.Find(product) is not { } market)
            return null;
        return channel switch
        {
            "level2" => new AdvancedBookStream(this, TruthOf(name, "books", product), market),
            "market_trades" => new AdvancedTradesStream(this, TruthOf(name, "trades", product), market),
            "ticker" => new AdvancedTickerStream(this, TruthOf(name, "ticker", product), market),
            _ => new AdvancedCandlesStream(this, TruthOf(name, "candles", product), market),
        };
    }

    bool CloseIfIdle()
    {
        var isIdle = Timeline.NowUs - _lastSentUs > IdleLife.TotalMicroseconds;
        if (isIdle && Parts.Options.EnforcesLimits)
            Close(1000, "idle");
        return IsOpen;
    }

    static bool IsNumbered(OutgoingFrame frame) => frame.Body is not [(byte)'{', ..];
}
