using System.Text.Json;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Okx;

/// <summary>
/// Answers a client's requests: one acknowledgement per argument, in order; errors without argument (okx.md 3).
/// </summary>
sealed class OkxRequests(OkxConnection connection, OkxVenue venue)
{
    const int MostDepthStreams = 30;
    const string CandlePrefix = "candle";

    static readonly string[] PublicChannels = ["books", "books5", "bbo-tbt", "trades", "tickers"];
    static readonly string[] LoginChannels = ["books-l2-tbt", "books50-l2-tbt"];

    public void Handle(JsonElement request, bool isAllowed)
    {
        var id = request.Text("id");
        var op = request.Text("op");
        if (!isAllowed)
            Refuse(60014, "Requests too frequent", id);
        else if (op is null)
            Refuse(60012, "Invalid request", id);
        else if (op is not ("subscribe" or "unsubscribe"))
            Refuse(60019, $"Invalid op: {op}", id);
        else if (!request.TryGetProperty("args", out var args) || args.ValueKind != JsonValueKind.Array)
            Refuse(60013, "Invalid args", id);
        else
        {
            foreach (var arg in args.EnumerateArray())
                Answer(op, id, arg);
        }
    }

    public void Refuse(int code, string message, string? id)
    {
        var text = new Utf8Text().Raw("{"u8);
        if (id is not null)
            text.Raw("\"id\":"u8).Quoted(id).Raw(","u8);
        connection.SendControl(text.Raw("\"event\":\"error\",\"code\":\""u8).Integer(code).Raw("\""u8)
            .Key("msg").Quoted(message).Key("connId").Quoted(connection.ConnId).Raw("}"u8).Written);
    }

    /// <summary>The stream of <c>channel:instId</c>, which <see cref="Answer"/> has found to mean something.</summary>
    public VenueStream? Create(string name, Func<string, string, string, TruthStream> truth)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var (channel, market) = (name[..colon], venue.Find(name[(colon + 1)..])!);
        TruthStream Of(string table) => truth(name, table, market.Symbol);
        return channel switch
        {
            "books" => new BooksStream(connection, Of("books"), market),
            "books5" => new TopStream(connection, Of("depth_snapshots"), market, channel, depth: 5),
            "bbo-tbt" => new TopStream(connection, Of("book_ticker"), market, channel, depth: 1),
            "trades" => new TradesStream(connection, Of("trades"), market),
            "trades-all" => new FillsStream(connection, Of("trades"), market),
            "tickers" => new TickersStream(connection, Of("ticker"), market),
            _ when market.Market.Candles.Find(channel[CandlePrefix.Length..]) is { } series =>
                new CandlesStream(connection, Of("candles"), market, series),
            _ => null,
        };
    }

    void Answer(string op, string? id, JsonElement arg)
    {
        var (channel, symbol) = (arg.Text("channel") ?? "", arg.Text("instId") ?? "");
        var name = $"{channel}:{symbol}";
        if (op == "subscribe" && FaultOf(channel, symbol) is var (code, message) && code != 0)
        {
            Refuse(code, message, id);
            return;
        }

        if (op == "subscribe" && connection.Refusal(name) is { } fault)
        {
            Refuse(fault.Spec.Code == 0 ? 60018 : fault.Spec.Code, Unknown(channel, symbol), id);
            return;
        }

        if (op == "unsubscribe")
            connection.Remove(name);
        var text = new Utf8Text().Raw("{"u8);
        if (id is not null)
            text.Raw("\"id\":"u8).Quoted(id).Raw(","u8);
        connection.SendControl(text.Raw("\"event\":"u8).Quoted(op).Raw(",\"arg\":"u8).Raw(arg.GetRawText())
            .Key("connId").Quoted(connection.ConnId).Raw("}"u8).Written);
        if (op != "subscribe")
            return;
        // An argument asked for twice is acknowledged again, and that is all.
        connection.Add(name);
        if (connection.Parts.Options.EnforcesLimits
            && connection.Names.Count(n => n.StartsWith("books:", StringComparison.Ordinal)) >= MostDepthStreams)
            connection.Close(4009, "channels of this connection exceed limit");
    }

    (int Code, string Message) FaultOf(string channel, string symbol)
    {
        var isCandle = channel.StartsWith(CandlePrefix, StringComparison.Ordinal);
        var isOnBusiness = isCandle || channel == "trades-all";
        if (LoginChannels.Contains(channel))
            return (64003, "Your trading fee tier doesn't meet the requirement to access this channel");
        if ((!isOnBusiness && !PublicChannels.Contains(channel)) || venue.Find(symbol) is not { } market
            || (isCandle && market.Market.Candles.Find(channel[CandlePrefix.Length..]) is null))
            return (60018, Unknown(channel, symbol));
        if (isOnBusiness && !connection.IsBusiness)
            return (64001, "This channel has been migrated to the '/business' URL. Please subscribe using the new URL.");
        return !isOnBusiness && connection.IsBusiness
            ? (64002, "This channel is not supported by '/business' URL. Please use '/public' URL.")
            : default;
    }

    static string Unknown(string channel, string symbol) =>
        $"Wrong URL or channel:{channel},instId:{symbol} doesn't exist. "
        + "Please use the correct URL, channel and parameters referring to API document.";
}
