using System.Text;
using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>
/// One of tardis.dev's kinds of CSV file: its name, its heading as documented (docs.tardis.dev, downloadable CSV files), and
/// the table it is made from.
/// </summary>
sealed record TardisType(string Name, Channel Channel, string Columns, int Levels = 0)
{
    const string Stamp = "exchange,symbol,timestamp,local_timestamp";
    const string BestPriceColumns = Stamp + ",ask_amount,ask_price,bid_price,bid_amount";

    public static TardisType Trades { get; } = new("trades", Channel.Trades, Stamp + ",id,side,price,amount");

    public static TardisType IncrementalBook { get; } =
        new("incremental_book_L2", Channel.Books, Stamp + ",is_snapshot,side,price,amount");

    public static TardisType Quotes { get; } = new("quotes", Channel.Books, BestPriceColumns, 1);

    public static TardisType BookTicker { get; } = new("book_ticker", Channel.BookTicker, BestPriceColumns);

    public static TardisType DerivativeTicker { get; } = new(
        "derivative_ticker", Channel.MarkPrice,
        Stamp + ",funding_timestamp,funding_rate,predicted_funding_rate,open_interest,last_price,index_price,mark_price");

    public static IReadOnlyList<TardisType> All { get; } =
        [Trades, IncrementalBook, SnapshotsOf(5), SnapshotsOf(25), Quotes, BookTicker, DerivativeTicker];

    public byte[] Heading => Encoding.ASCII.GetBytes(Columns + "\n");

    public static TardisType? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    static TardisType SnapshotsOf(int levels) => new(
        $"book_snapshot_{levels}",
        Channel.Books,
        Stamp + string.Concat(Enumerable.Range(0, levels).Select(
            i => $",asks[{i}].price,asks[{i}].amount,bids[{i}].price,bids[{i}].amount")),
        levels);
}
