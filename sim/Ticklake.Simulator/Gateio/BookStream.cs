using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Gateio;

/// <summary>
/// <c>spot.obu</c>, order book V2: the best levels whole, then what changed among them. A level that leaves them is deleted;
/// an interval in which only others changed still moves the id, without levels.
/// </summary>
sealed class BookStream(
    ServedConnection connection, TruthStream stream, ScriptedMarket market, int depth, TimeSpan interval)
    : GateioStream(connection, stream, market)
{
    Dictionary<long, long> _bids = [];
    Dictionary<long, long> _asks = [];
    long _first;

    string Name => $"ob.{Symbol.Symbol}.{depth}";

    protected override void Open()
    {
        (_bids, _asks) = (Top(Market.Bids), Top(Market.Asks));
        var text = Push("spot.obu").Raw("\"t\":"u8).Integer(Timeline.NowMs).Raw(",\"full\":true"u8)
            .Key("s").Quoted(Name).Key("u").Integer(Market.LastUpdateId)
            .Key("b").Levels(_bids, Symbol).Key("a").Levels(_asks, Symbol).Raw("}}"u8);
        Send(FrameKind.Snapshot, text, _bids.Count + _asks.Count);
        Market.Stepped += OnStep;
        Repeat(interval, SendChanges);
    }

    protected override void Cease() => Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        if (_first == 0 && step.Levels.Count > 0)
            _first = step.FirstUpdateId;
    }

    void SendChanges()
    {
        if (_first == 0)
            return;
        var (bids, asks) = (Top(Market.Bids), Top(Market.Asks));
        var (changedBids, changedAsks) = (Changes(_bids, bids), Changes(_asks, asks));
        var text = Push("spot.obu").Raw("\"t\":"u8).Integer(Timeline.NowMs).Key("s").Quoted(Name)
            .Key("U").Integer(_first).Key("u").Integer(Market.LastUpdateId);
        if (changedBids.Count > 0)
            text.Key("b").Levels(changedBids, Symbol);
        if (changedAsks.Count > 0)
            text.Key("a").Levels(changedAsks, Symbol);
        (_bids, _asks, _first) = (bids, asks, 0);
        Send(FrameKind.Update, text.Raw("}}"u8), changedBids.Count + changedAsks.Count);
    }

    Dictionary<long, long> Top(BookSide side) => side.Top(depth).ToDictionary();

    static List<KeyValuePair<long, long>> Changes(Dictionary<long, long> before, Dictionary<long, long> now) =>
    [
        .. now.Where(level => before.GetValueOrDefault(level.Key, -1) != level.Value),
        .. before.Keys.Where(price => !now.ContainsKey(price)).Select(price => KeyValuePair.Create(price, 0L)),
    ];
}
