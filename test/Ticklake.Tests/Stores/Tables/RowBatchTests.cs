using Shouldly;
using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Stores.Tables;

public sealed class RowBatchTests
{
    readonly RowBatchPool _pool = new();

    public static TheoryData<Channel> Channels => [.. Enum.GetValues<Channel>()];

    [Theory]
    [MemberData(nameof(Channels))]
    public void Every_table_gives_one_fitting_part_per_column(Channel channel)
    {
        var batch = SampleRows.OneOfEach(_pool, channel);
        var columns = Columns(batch);

        for (var i = 0; i < columns.Schema.Count; i++)
        {
            var part = columns.Columns[i].ShouldHaveSingleItem();
            part.Count.ShouldBe(2);
            Fits(columns.Schema[i], part).ShouldBeTrue($"{columns.Schema[i].Name} got {part.GetType().Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void What_the_exchange_did_not_say_is_null_exactly_where_the_schema_allows_it(Channel channel)
    {
        var columns = Columns(SampleRows.OneOfEach(_pool, channel));

        for (var i = 0; i < columns.Schema.Count; i++)
        {
            if (IsNull(columns.Columns[i][0], 1))
                columns.Schema[i].IsNullable.ShouldBeTrue(columns.Schema[i].Name);
        }

        IsNull(Part(columns, "seq"), 0).ShouldBeFalse();
        IsNull(Part(columns, "seq"), 1).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void A_split_keeps_every_row_on_its_side(Channel channel)
    {
        var whole = SampleRows.OneOfEach(_pool, channel);
        whole.AddGap(new GapMark("gap", SampleRows.Journal, 7, SampleRows.Morning));
        whole.AddGap(new GapMark("gap", SampleRows.Journal, 8, SampleRows.Morning));
        whole.StartsRange = true;

        var rest = whole.SplitAt(1);

        (whole.Count, whole.FirstLine, whole.LastLine).ShouldBe((1, 7, 7));
        (rest.Count, rest.FirstLine, rest.LastLine).ShouldBe((1, 8, 8));
        whole.Gaps.ShouldHaveSingleItem().Line.ShouldBe(7);
        rest.Gaps.ShouldHaveSingleItem().Line.ShouldBe(8);
        (whole.StartsRange, rest.StartsRange).ShouldBe((true, false));
        IsNull(Part(Columns(whole), "seq"), 0).ShouldBeFalse();
        IsNull(Part(Columns(rest), "seq"), 0).ShouldBeTrue();
    }

    [Fact]
    public void Rows_past_the_capacity_keep_those_before_them()
    {
        var batch = SampleRows.TradeBatch(_pool).AddTrades(1, 3000);

        batch.Count.ShouldBe(3000);
        batch.Lines.ToArray().ShouldBe(Enumerable.Range(1, 3000).Select(line => (long)line));
        batch.Sequences[2999].ShouldBe(3000);
    }

    [Fact]
    public void Levels_added_as_one_frame_are_the_rows_added_one_by_one()
    {
        var update = new BookUpdate(new EventStamp(4, 5), true, 6, 7, 8, 9);
        var levels = Enumerable.Range(0, 600)
            .Select(i => new BookLevel((BookSide)(i % 2), SampleRows.Number($"{i}.5"), SampleRows.Number($"{i}"), i))
            .ToArray();
        var atOnce = (BookRows)_pool.Rent(SampleRows.Header(SampleRows.Books));
        var oneByOne = (BookRows)_pool.Rent(SampleRows.Header(SampleRows.Books));

        atOnce.Add(new RowStamp(SampleRows.Morning, 3, 10), update, levels);
        for (var i = 0; i < levels.Length; i++)
            oneByOne.Add(new RowStamp(SampleRows.Morning, 3, 10 + i), update, levels[i]);

        atOnce.Count.ShouldBe(oneByOne.Count);
        foreach (var name in TableSchemas.Of(Channel.Books).Select(column => column.Name))
            Show(Part(Columns(atOnce), name)).ShouldBe(Show(Part(Columns(oneByOne), name)), name);
    }

    [Fact]
    public void The_ingest_id_joins_line_and_row()
    {
        new RowStamp(0, 5, 3).IngestId.ShouldBe((5L << 20) + 3);
        new RowStamp(0, 5, RowStamp.MaxRowsPerFrame - 1).IngestId.ShouldBeLessThan(new RowStamp(0, 6, 0).IngestId);
    }

    [Fact]
    public void Numbers_a_double_cannot_hold_are_counted()
    {
        var batch = SampleRows.TradeBatch(_pool);
        var trade = SampleRows.Trade(1);
        batch.Add(new RowStamp(1, 1, 0), trade with { Price = SampleRows.Number("0.123456789012345678") });
        batch.Add(new RowStamp(1, 2, 0), trade with { Price = SampleRows.Number("1234567890.12345678901") });

        var columns = Columns(batch);

        columns.InexactValues.ShouldBeGreaterThanOrEqualTo(1);
        columns.RoundedValues.ShouldBe(1);
    }

    [Fact]
    public void Appending_to_a_used_batch_allocates_nothing()
    {
        var batch = SampleRows.TradeBatch(_pool).AddTrades(1, 4096);
        var header = batch.Header;
        _pool.Return(batch);
        batch = (TradeRows)_pool.Rent(header, 4096);
        var trade = SampleRows.Trade(1);
        batch.Add(new RowStamp(1, 1, 0), trade);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var line = 2; line <= 4096; line++)
            batch.Add(new RowStamp(line, line, 0), trade);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_pooled_batch_comes_back_empty()
    {
        var used = SampleRows.TradeBatch(_pool).AddTrades(1, 10);
        used.StartsRange = true;
        used.ChecksumsOk = 3;
        used.AddGap(new GapMark("gap", SampleRows.Journal, 1, 1));
        _pool.Return(used);

        var again = _pool.Rent(SampleRows.Header(SampleRows.Trades, "other"));

        again.ShouldBeSameAs(used);
        (again.Count, again.StartsRange, again.ChecksumsOk, again.Gaps.Count).ShouldBe((0, false, 0, 0));
        again.Header.SourceFile.ShouldBe("other");
    }

    static RowGroupColumns Columns(RowBatch batch)
    {
        var columns = new RowGroupColumns(TableSchemas.Of(batch.Header.Stream.Channel));
        batch.ToColumns(columns);
        return columns;
    }

    static ColumnPart Part(RowGroupColumns columns, string name) =>
        columns.Columns[columns.Schema.Select(column => column.Name).ToList().IndexOf(name)][0];

    static bool Fits(ColumnSchema column, ColumnPart part) => (column.Kind, part) switch
    {
        (_, ConstantPart { IsNull: true }) => column.IsNullable,
        (ColumnKind.Utf8, ConstantPart { Text: not null }) => true,
        (not ColumnKind.Utf8, ConstantPart { Number: not null }) => true,
        (ColumnKind.Utf8, Utf8Part or CodedUtf8Part) => true,
        (ColumnKind.Int64 or ColumnKind.TimestampMicros, Int64Part) => true,
        (ColumnKind.Int32, Int32Part) => true,
        (ColumnKind.Double, DoublePart) => true,
        (ColumnKind.Boolean, BooleanPart) => true,
        _ => false,
    };

    static bool IsNull(ColumnPart part, int row) => part switch
    {
        ConstantPart constant => constant.IsNull,
        Int64Part { IsNull.Length: > 0 } p => p.IsNull[row],
        Int32Part { IsNull.Length: > 0 } p => p.IsNull[row],
        DoublePart { IsNull.Length: > 0 } p => p.IsNull[row],
        BooleanPart { IsNull.Length: > 0 } p => p.IsNull[row],
        Utf8Part { IsNull.Length: > 0 } p => p.IsNull[row],
        _ => false,
    };

    static string Show(ColumnPart part) => part switch
    {
        ConstantPart p => $"{p.Count} x {p.Number} {Convert.ToHexString(p.Text ?? [])}",
        Int64Part p => string.Join(',', p.Values.ToArray()),
        Int32Part p => string.Join(',', p.Values.ToArray()),
        DoublePart p => string.Join(',', p.Values.ToArray()),
        BooleanPart p => string.Join(',', p.Values.ToArray()),
        CodedUtf8Part p => string.Join(',', p.Codes.ToArray()),
        _ => throw new NotSupportedException(part.GetType().Name),
    };
}
