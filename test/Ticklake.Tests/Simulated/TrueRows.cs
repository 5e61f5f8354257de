using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Simulator;
using Ticklake.Simulator.Truth;

namespace Ticklake.Tests.Simulated;

/// <summary>Compares the rows of a lake with what the simulator says a complete recording holds.</summary>
static class TrueRows
{
    /// <summary>The truth's stream of a recorded one; the rigs have one of each table and symbol.</summary>
    public static TruthStream Of(ExchangeSimulator simulator, StreamKey stream) => simulator.Truth.Streams.Single(
        s => s.Exchange == stream.Market.PathName && s.Table == stream.Channel.Name() && s.Symbol == stream.Symbol);

    /// <summary>Rows a complete recording has; books that begin by REST hold its snapshots too.</summary>
    public static long Expected(ExchangeSimulator simulator, StreamKey stream)
    {
        var rows = Of(simulator, stream).Rows;
        return stream.Channel == Channel.Books ? rows + RestRows(simulator, stream) : rows;
    }

    /// <summary>Every stream of the exchange holds exactly the rows it should, trades by id.</summary>
    public static void ShouldBeComplete(RecordingRig rig, RecordedLake lake, string exchange)
    {
        var streams = lake.Streams.Where(s => s.Market.PathName == exchange && s.Channel != Channel.Controls).ToList();
        streams.Count.ShouldBe(RiggedMarket.Of(exchange).Wanted.Length);
        foreach (var stream in streams)
            lake.Rows(stream).ShouldBe(Expected(rig.Simulator, stream), stream + "\n" + rig.Describe());
        TradesShouldBeComplete(rig, lake, exchange);
    }

    /// <summary>Nothing lost, nothing twice.</summary>
    public static void TradesShouldBeComplete(RecordingRig rig, RecordedLake lake, string exchange)
    {
        var stream = lake.Streams.Single(s => s.Market.PathName == exchange && s.Channel == Channel.Trades);
        var truth = rig.Simulator.Truth.Trades(exchange, Of(rig.Simulator, stream).Name).Select(t => t.Id);
        Ids(lake, stream).Order().ShouldBe(truth, rig.Describe());
    }

    /// <summary>Nothing twice, and nothing that was never sent.</summary>
    public static void TradesShouldBeTrue(RecordingRig rig, RecordedLake lake, string exchange)
    {
        var stream = lake.Streams.Single(s => s.Market.PathName == exchange && s.Channel == Channel.Trades);
        var truth = rig.Simulator.Truth.Trades(exchange, Of(rig.Simulator, stream).Name).Select(t => t.Id).ToHashSet();
        var ids = Ids(lake, stream);
        ids.ShouldBeUnique();
        ids.Where(id => !truth.Contains(id)).ShouldBeEmpty(rig.Describe());
    }

    /// <summary>When each recorded trade was received.</summary>
    public static SortedList<long, long> Times(RecordedLake lake, StreamKey stream)
    {
        var times = new SortedList<long, long>();
        foreach (var (id, time) in Ids(lake, stream).Zip(lake.Column(stream, "recv_ts")))
            times.TryAdd(id, (long)time!);
        return times;
    }

    // A simulated id that is text begins with the number the truth knows the trade by; a UUID ends with it.
    static List<long> Ids(RecordedLake lake, StreamKey stream) =>
        [.. lake.Column(stream, "trade_id").Select(id => long.Parse(Text(id!).Split('X')[0].Split('-')[^1], null))];

    public static string Text(object id) => id is byte[] bytes ? Encoding.UTF8.GetString(bytes) : id.ToString()!;

    /// <summary>Levels of books that were served by REST.</summary>
    public static long RestRows(ExchangeSimulator simulator, StreamKey stream)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            simulator.Truth.WriteSummary(json);
        using var summary = JsonDocument.Parse(bytes.ToArray());
        return summary.RootElement.GetProperty("rest_rows").EnumerateObject()
            .Where(p => p.Name.StartsWith(stream.Market.PathName + " ", StringComparison.Ordinal)
                && p.Name.EndsWith(" " + stream.Symbol, StringComparison.Ordinal)).Sum(p => p.Value.GetInt64());
    }
}
