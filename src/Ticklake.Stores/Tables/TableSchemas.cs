using Ticklake.Columnar;
using Ticklake.Core.Markets;

namespace Ticklake.Stores.Tables;

/// <summary>The columns of every table, in order: the executable twin of <c>docs/format/tables.md</c>.</summary>
public static class TableSchemas
{
    /// <summary>Counts up when a table gains, loses or redefines a column; written to every manifest.</summary>
    public const int Version = 2;

    static readonly ColumnSchema[] CommonColumns =
    [
        Text("exchange"), Text("market"), Text("channel"), Text("symbol"), Text("pair"), Text("conn_id"),
        Maybe("chan_id"), MaybeText("sub_id"), Maybe("conf_flags"), Maybe("seq"),
        new("exchange_ts", ColumnKind.TimestampMicros, IsNullable: true), Time("recv_ts"),
        Maybe("batch_id"), Long("ingest_id"), Text("source_file"), Long("line_no"),
    ];

    // By form of numbers and channel.
    static readonly IReadOnlyList<ColumnSchema>[][] Tables =
        [.. Enum.GetValues<NumberForm>().Select(form => ChannelNames.All.Select(name => Build(name, form)).ToArray())];

    /// <summary>Columns every table begins with.</summary>
    public static int CommonCount => CommonColumns.Length;

    /// <summary>All columns of the channel's table.</summary>
    public static IReadOnlyList<ColumnSchema> Of(Channel channel, NumberForm numbers = NumberForm.Double) =>
        Tables[(int)numbers][(int)channel];

    /// <summary>The form of numbers of which the channel's table has these columns; null where it has not.</summary>
    public static NumberForm? FormOf(Channel channel, IReadOnlyList<ColumnSchema> columns)
    {
        foreach (var form in Enum.GetValues<NumberForm>())
        {
            if (Of(channel, form).SequenceEqual(columns))
                return form;
        }

        return null;
    }

    static ColumnSchema[] Build(string name, NumberForm numbers) =>
        ChannelNames.TryParse(name, out var channel)
            ? [.. CommonColumns, .. Own(channel).Select(column => InForm(column, numbers))]
            : throw new InvalidOperationException(name);

    static ColumnSchema InForm(ColumnSchema column, NumberForm numbers) => column.Kind != ColumnKind.Double
        ? column
        : column with
        {
            Kind = numbers switch
            {
                NumberForm.Text => ColumnKind.Utf8,
                NumberForm.Decimal => ColumnKind.Decimal,
                _ => ColumnKind.Double,
            },
        };

    static ColumnSchema[] Own(Channel channel) => channel switch
    {
        Channel.Ticker =>
        [
            MaybeNumber("bid"), MaybeNumber("bid_sz"), MaybeNumber("ask"), MaybeNumber("ask_sz"), MaybeNumber("last"),
            MaybeNumber("vol"), MaybeNumber("high"), MaybeNumber("low"),
            MaybeNumber("daily_change"), MaybeNumber("daily_change_rel"),
        ],
        Channel.BookTicker =>
        [
            MaybeNumber("bid"), MaybeNumber("bid_sz"), MaybeNumber("ask"), MaybeNumber("ask_sz"), Maybe("update_id"),
            Text("source"),
        ],
        Channel.Trades =>
        [
            MaybeText("trade_id"), Time("mts"), Number("price"), Number("amount"), Text("side"), Text("msg_type"),
            Flag("is_snapshot"),
        ],
        Channel.Books =>
        [
            Text("side"), Number("price"), Number("amount"), MaybeInt("count"), Flag("is_snapshot"),
            Maybe("first_update_id"), Maybe("last_update_id"), Maybe("prev_update_id"),
            MaybeText("prec"), MaybeText("freq"), MaybeInt("len"),
        ],
        Channel.RawBooks =>
        [
            Long("order_id"), Text("side"), Number("price"), Number("amount"), Text("op"), Flag("is_snapshot"),
        ],
        Channel.Candles =>
        [
            Time("mts"), Number("open"), Number("high"), Number("low"), Number("close"), Number("volume"),
            Text("timeframe"), Flag("is_snapshot"), new("is_closed", ColumnKind.Boolean, IsNullable: true),
        ],
        Channel.DepthSnapshots =>
        [
            Maybe("last_update_id"), Text("side"), Int("level"), Number("price"), Number("quantity"), Text("source"),
        ],
        Channel.Controls => [Text("kind"), Maybe("from_seq"), Maybe("to_seq"), Text("detail")],
        Channel.MarkPrice =>
        [
            MaybeNumber("mark_price"), MaybeNumber("index_price"), MaybeNumber("estimated_settle_price"),
            MaybeNumber("funding_rate"), new("next_funding_ts", ColumnKind.TimestampMicros, IsNullable: true),
        ],
        Channel.Liquidations =>
        [
            Time("mts"), Text("side"), MaybeNumber("price"), MaybeNumber("average_price"), Number("amount"),
            MaybeNumber("filled"), MaybeText("status"),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "No such table."),
    };

    static ColumnSchema Text(string name) => new(name, ColumnKind.Utf8);

    static ColumnSchema MaybeText(string name) => new(name, ColumnKind.Utf8, IsNullable: true);

    static ColumnSchema Long(string name) => new(name, ColumnKind.Int64);

    static ColumnSchema Maybe(string name) => new(name, ColumnKind.Int64, IsNullable: true);

    static ColumnSchema Int(string name) => new(name, ColumnKind.Int32);

    static ColumnSchema MaybeInt(string name) => new(name, ColumnKind.Int32, IsNullable: true);

    static ColumnSchema Number(string name) => new(name, ColumnKind.Double);

    static ColumnSchema MaybeNumber(string name) => new(name, ColumnKind.Double, IsNullable: true);

    static ColumnSchema Time(string name) => new(name, ColumnKind.TimestampMicros);

    static ColumnSchema Flag(string name) => new(name, ColumnKind.Boolean);
}
