using Ticklake.Columnar;
using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>Writes the files of a stream whose every row is a line: trades, best prices, mark prices. One thread.</summary>
sealed class RowFiles(StreamPlan plan, ExportReport report)
{
    readonly LocalTime _time = new(report);
    readonly TardisTable _table = plan.Tables[0];

    string[] Columns => plan.Stream.Channel switch
    {
        Channel.Trades => ["mts", "trade_id", "side", "price", "amount", "is_snapshot"],
        Channel.BookTicker => ["bid", "bid_sz", "ask", "ask_sz"],
        _ => ["mark_price", "index_price", "funding_rate", "next_funding_ts"],
    };

    public void Write(ExportRequest request, CancellationToken cancel)
    {
        using var rows = new StreamRows(request.DataDirectory, plan.Segments, Columns, plan.Tell);
        while (rows.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            var row = rows.Current;
            while (plan.Holes.TryPass(row, out var hole))
                report.GapsCrossed += request.Includes(hole.RecvUs) ? 1 : 0;
            // The list of earlier trades that comes with a subscription repeats what was, or lies before the recording.
            if (plan.Stream.Channel == Channel.Trades && ((FixedValues<bool>)row[5]).Values[row.Row])
            {
                report.ListedTradesLeftOut += request.Includes(row.RecvUs) ? 1 : 0;
                continue;
            }

            var local = _time.Of(row.RecvUs);
            if (!_table.TryEnter(local, out _))
                continue;
            Fill(row, local);
            _table.Write();
        }
    }

    void Fill(SegmentCursor row, long local)
    {
        switch (plan.Stream.Channel)
        {
            case Channel.Trades:
                _table.Line.Begin(Time(row, 0), local).Add(Text(row, 1)).Add(Text(row, 2)).Add(Number(row, 3)).Add(Number(row, 4));
                break;
            case Channel.BookTicker:
                _table.Line.Begin(row.ExchangeUs, local).Add(Number(row, 3)).Add(Number(row, 2)).Add(Number(row, 0)).Add(Number(row, 1));
                break;
            default:
                var line = _table.Line.Begin(row.ExchangeUs, local);
                line = row[3].IsNull(row.Row) ? line.AddNothing() : line.Add(Time(row, 3));
                line.Add(Number(row, 2)).AddNothing().AddNothing().AddNothing().Add(Number(row, 1)).Add(Number(row, 0));
                break;
        }
    }

    static long Time(SegmentCursor row, int column) => ((FixedValues<long>)row[column]).Values[row.Row];

    static ReadOnlySpan<byte> Text(SegmentCursor row, int column) => ((Utf8Values)row[column]).Utf8(row.Row);

    static Core.Numbers.ExactDecimal Number(SegmentCursor row, int column) => StoredNumber.Of(row[column], row.Row);
}
