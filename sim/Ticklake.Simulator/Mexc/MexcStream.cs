using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Mexc;

/// <summary>
/// One topic of one connection. Its frames are binary, each one wrapper: <c>1 channel, 3 symbol, 6 sendTime</c> (candles:
/// <c>5 createTime</c>), then the body (mexc.md section 4.1).
/// </summary>
abstract class MexcStream(MexcConnection connection, TruthStream stream, MexcMarket market)
    : VenueStream(connection, stream)
{
    protected MexcMarket Market => market;

    /// <summary>Field number of the body in the wrapper.</summary>
    protected abstract int BodyField { get; }

    protected virtual int TimeField => 6;

    protected void Push(FrameKind kind, ProtobufText body, int rows, params IReadOnlyList<TruthTrade> trades)
    {
        var frame = new ProtobufText().Text(1, Stream.Name).Text(3, market.Symbol).Number(TimeField, Timeline.NowMs)
            .Message(BodyField, body);
        connection.Send(new(Stream, kind, frame.ToArray(), rows) { Trades = trades, IsBinary = true });
    }

    /// <summary>The topic without symbol and what follows it: the body's event type.</summary>
    protected string EventType => Stream.Name[..Stream.Name.IndexOf("@" + market.Symbol, StringComparison.Ordinal)];
}
