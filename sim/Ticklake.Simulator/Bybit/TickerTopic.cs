using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bybit;

/// <summary>
/// <c>tickers</c>: whole every time on spot; on linear whole once, then only the fields that changed (bybit.md 4.5).
/// </summary>
sealed class TickerTopic(BybitConnection connection, TruthStream stream, BybitMarket market)
    : VenueStream(connection, stream)
{
    readonly Dictionary<string, string> _sent = [];

    protected override void Open()
    {
        SendIfChanged();
        Repeat(TimeSpan.FromMilliseconds(market.IsLinear ? 100 : 50), SendIfChanged);
    }

    void SendIfChanged()
    {
        var isFirst = _sent.Count == 0;
        var fields = market.IsLinear ? BybitTicker.Linear(market) : BybitTicker.Spot(market);
        var changed = fields.Where(f => _sent.GetValueOrDefault(f.Name) != f.Json).ToList();
        if (changed.Count == 0)
            return;
        foreach (var (name, json) in changed)
            _sent[name] = json;
        var isWhole = isFirst || !market.IsLinear;
        var text = new Utf8Text().Raw("{\"topic\":"u8).Quoted(Stream.Name);
        if (!market.IsLinear)
            text.Key("ts").Integer(Timeline.NowMs);
        text.Key("type").Quoted(isWhole ? "snapshot" : "delta");
        if (!market.IsLinear)
            text.Key("cs").Integer(market.Scripted.LastUpdateId);
        text.Key("data").Raw("{\"symbol\":"u8).Quoted(market.Symbol);
        foreach (var (name, json) in isWhole ? fields : changed)
            text.Key(name).Raw(json);
        text.Raw("}"u8);
        if (market.IsLinear)
            text.Key("cs").Integer(market.Scripted.LastUpdateId).Key("ts").Integer(Timeline.NowMs);
        Send(isWhole ? FrameKind.Snapshot : FrameKind.Update, text.Raw("}"u8), rows: 1);
    }
}
