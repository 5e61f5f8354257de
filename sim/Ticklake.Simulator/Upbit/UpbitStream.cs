using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Upbit;

/// <summary>One type of one market code: what was so when it was asked for, then what changes. Frames are binary.</summary>
abstract class UpbitStream(UpbitConnection connection, TruthStream stream, ScriptedMarket market)
    : VenueStream(connection, stream)
{
    protected ScriptedMarket Market => market;

    protected SymbolSpec Symbol => market.Symbol;

    protected Naming Naming => connection.Naming;

    protected void SendBinary(FrameKind kind, Utf8Text body, int rows) =>
        connection.Send(new(Stream, kind, Listed(body), rows) { IsBinary = true });

    protected void SendBinary(Utf8Text body, TruthTrade trade) =>
        connection.Send(new(Stream, FrameKind.Trade, Listed(body)) { IsBinary = true, Trades = [trade] });

    /// <summary>Type and code, the first members of every frame.</summary>
    protected Utf8Text Head(string type) => new Utf8Text().Raw("{"u8).Name(Naming, "type", "ty").Quoted(type)
        .Raw(","u8).Name(Naming, "code", "cd").Quoted(Symbol.Symbol);

    /// <summary>The end of every frame.</summary>
    protected Utf8Text Tail(Utf8Text text, bool isSnapshot) => text.Raw(","u8).Name(Naming, "stream_type", "st")
        .Quoted(isSnapshot ? "SNAPSHOT" : "REALTIME").Raw("}"u8);

    byte[] Listed(Utf8Text body) => Naming.AreListed ? [(byte)'[', .. body.Written, (byte)']'] : body.ToArray();
}

/// <summary>How the connection's last request wants members named and frames wrapped.</summary>
readonly record struct Naming(bool AreShort, bool AreListed);

/// <summary>Members by either name.</summary>
static class NamedText
{
    public static Utf8Text Name(this Utf8Text text, Naming names, string full, string brief) =>
        text.Raw("\""u8).Raw(names.AreShort ? brief : full).Raw("\":"u8);

    /// <summary>A member after another.</summary>
    public static Utf8Text Next(this Utf8Text text, Naming names, string full, string brief) =>
        text.Raw(","u8).Name(names, full, brief);
}
