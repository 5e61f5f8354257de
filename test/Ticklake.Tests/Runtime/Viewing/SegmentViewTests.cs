using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Ticklake.Runtime.Viewing;
using Ticklake.Tests.Columnar;
using Xunit;

namespace Ticklake.Tests.Runtime.Viewing;

/// <summary>What <c>cat</c> shows of a file.</summary>
public sealed class SegmentViewTests : IDisposable
{
    // 2025-01-17T08:00:00Z.
    const long Morning = 1_737_100_800_000_000;

    static readonly ColumnSchema[] Schema =
    [
        new("line_no", ColumnKind.Int64),
        new("count", ColumnKind.Int32, IsNullable: true),
        new("price", ColumnKind.Double),
        new("side", ColumnKind.Utf8),
        new("is_snapshot", ColumnKind.Boolean),
        new("recv_ts", ColumnKind.TimestampMicros),
    ];

    readonly string _path = Path.GetTempFileName();

    public SegmentViewTests()
    {
        using var file = File.Create(_path);
        using var writer = new ParquetWriter(file, Schema, new ParquetWriterOptions());
        for (var group = 0; group < 3; group++)
            writer.WriteRowGroup(Group(group * 2));
        writer.Finish([]);
    }

    public void Dispose() => File.Delete(_path);

    void ShouldBeThoseOfAFullScan(RowCondition condition, string what)
    {
        using var reader = ParquetReader.Open(_path);
        var whole = reader.Read(0);
        Func<ColumnValues, int, bool> isMet;
        try
        {
            isMet = condition.For(whole[condition.Column].Column);
        }
        catch (FormatException)
        {
            // A time beyond the calendar cannot be asked for.
            return;
        }

        var expected = Enumerable.Range(0, whole.RowCount).Where(row => isMet(whole[condition.Column], row)).ToList();
        using var view = SegmentView.Open(_path, new SegmentQuestion([], [condition]));
        var rows = view.Rows().ToList();
        rows.Count.ShouldBe(expected.Count, what);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var column = 0; column < whole.Columns.Count; column++)
                rows[i][column].ShouldBe(whole[expected[i], column], what);
        }
    }

    [Theory]
    [InlineData("line_no = 3", "3")]
    [InlineData("line_no!=3", "0,1,2,4,5")]
    [InlineData("line_no >= 4", "4,5")]
    [InlineData("price < 100.5", "0")]
    [InlineData("price <= 100.5", "0,1")]
    [InlineData("price > 1.03e2", "5")]
    [InlineData("side = sell", "1,3,5")]
    [InlineData("side = 'sell'", "1,3,5")]
    [InlineData("side < sell", "0,2,4")]
    [InlineData("is_snapshot = true", "0,1")]
    [InlineData("recv_ts > 2025-01-17T08:00:00.000003Z", "4,5")]
    [InlineData("recv_ts <= 2025-01-17 08:00:00", "0")]
    [InlineData("count = null", "0,2,4")]
    [InlineData("count != null", "1,3,5")]
    [InlineData("count > 1", "3,5")]
    public void A_condition_keeps_the_rows_that_meet_it(string condition, string lines) =>
        string.Join(',', Lines(condition)).ShouldBe(lines);

    [Fact]
    public void Conditions_give_the_rows_that_a_full_scan_gives()
    {
        string[] operators = ["=", "!=", "<", "<=", ">", ">="];
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var table = RandomTable.Of(seed, random.Next(1, 800));
            File.WriteAllBytes(_path, table.Write(new ParquetWriterOptions { PageRows = random.Next(5, 100) }));
            for (var i = 0; i < 10; i++)
            {
                var column = random.Next(table.Schema.Count);
                var value = table.Expected[column][random.Next(table.Expected[column].Count)];
                var text = value is null ? "null" : ValueText.Of(value, table.Schema[column].Kind);
                if (text.Any(char.IsControl) || text != text.Trim() || value is Int128)
                    continue;
                var condition = RowCondition.Parse(
                    $"{table.Schema[column].Name} {operators[random.Next(value is null ? 2 : 6)]} {text}");
                ShouldBeThoseOfAFullScan(condition, $"seed {seed}: {condition.Column} {text}");
            }
        }
    }

    [Fact]
    public void Several_conditions_must_all_be_met() => Lines("side = buy", "line_no > 1", "price < 102.5").ShouldBe([2L]);

    [Theory]
    [InlineData("prize = 1", "There is no column 'prize'. Columns: line_no, count, price, side, is_snapshot, recv_ts.")]
    [InlineData("price = high", "The column price wants a number, not 'high'.")]
    [InlineData("line_no = 1.5", "The column line_no wants a whole number, not '1.5'.")]
    [InlineData("is_snapshot = 1", "The column is_snapshot wants true or false, not '1'.")]
    [InlineData("recv_ts > noon", "The column recv_ts wants a time such as 2025-01-17T08:00:00Z, not 'noon'.")]
    [InlineData("count < null", "The column count wants = or != beside null, not 'null'.")]
    [InlineData("price", "'price' is no condition. Write it as \"column op value\" with one of != <= >= = < >.")]
    public void A_condition_that_does_not_fit_is_refused_with_the_reason(string condition, string fault) =>
        Should.Throw<FormatException>(() => Lines(condition)).Message.ShouldBe(fault);

    [Fact]
    public void A_table_is_aligned() => Print(RowForm.Table, "side", "price", "count").ShouldBe(
        "side  price  count\nbuy     100\nsell  100.5      1\n");

    [Fact]
    public void Csv_has_a_header_and_nothing_for_null() =>
        Print(RowForm.Csv, "recv_ts", "count", "is_snapshot").ShouldBe(
            "recv_ts,count,is_snapshot\n2025-01-17T08:00:00.000000Z,,true\n2025-01-17T08:00:00.000001Z,1,true\n");

    [Fact]
    public void Json_has_an_object_a_line() => Print(RowForm.Json, "line_no", "count", "side", "is_snapshot", "recv_ts").ShouldBe(
        """
        {"line_no":0,"count":null,"side":"buy","is_snapshot":true,"recv_ts":"2025-01-17T08:00:00.000000Z"}
        {"line_no":1,"count":1,"side":"sell","is_snapshot":true,"recv_ts":"2025-01-17T08:00:00.000001Z"}

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void A_file_that_is_no_segment_is_refused()
    {
        File.WriteAllText(_path, "This is not a Parquet file.");

        Should.Throw<InvalidDataException>(() => Lines("line_no = 1"));
    }

    List<object?> Lines(params string[] conditions)
    {
        using var view = SegmentView.Open(_path, new SegmentQuestion(["line_no"], [.. conditions.Select(RowCondition.Parse)]));
        return [.. view.Rows().Select(x => x[0])];
    }

    string Print(RowForm form, params string[] columns)
    {
        using var view = SegmentView.Open(_path, new SegmentQuestion(columns, []));
        using var output = new StringWriter();
        new RowPrinter(output, view.Columns).Print(view.Rows().Take(2), form);
        return output.ToString();
    }

    static IReadOnlyList<IReadOnlyList<ColumnPart>> Group(int first) =>
    [
        [new Int64Part([first, first + 1], 2)],
        [new Int32Part([0, first + 1], 2, [true, false])],
        [new DoublePart([100 + (first * 0.75), 100.5 + (first * 0.75)], 2)],
        [new CodedUtf8Part([0, 1], ["buy"u8.ToArray(), "sell"u8.ToArray()], 2)],
        [new BooleanPart([first == 0, first == 0], 2)],
        [new Int64Part([Morning + first, Morning + first + 1], 2)],
    ];
}
