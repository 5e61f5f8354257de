using System.IO.Compression;
using System.Text;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Compression;
using Ticklake.Core.Markets;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Columnar;
using Xunit;

namespace Ticklake.Tests.Stores.Csv;

public sealed class CsvReaderTests
{
    readonly RowBatchPool _pool = new();

    public static TheoryData<CsvCompression> Compressions => [.. Enum.GetValues<CsvCompression>()];

    [Fact]
    public void A_file_of_another_table_is_read_as_texts()
    {
        using var reader = CsvFiles.Read("a,b c\n1,\n\"\",\"x\"\"y\nz\"\n");
        reader.Schema.ShouldBe([new("a", ColumnKind.Utf8, true), new("b c", ColumnKind.Utf8, true)]);
        CsvFiles.Column(reader, "a").ShouldBe(["1", ""]);
        CsvFiles.Column(reader, "b c").ShouldBe([null, "x\"y\nz"]);
    }

    [Fact]
    public void A_header_alone_is_a_table_without_rows()
    {
        using var reader = CsvFiles.Read(CsvFiles.Header(Channel.Books));
        reader.RowCount.ShouldBe(0);
        reader.GroupRows.ShouldBeEmpty();
        reader.Schema.ShouldBe(TableSchemas.Of(Channel.Books, NumberForm.Text));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("a,b", "line 1: the file ends within it")]
    [InlineData("a,a\n", "line 1: it is no header")]
    [InlineData("a,\n", "line 1: it is no header")]
    [InlineData("\0\n", "line 1: it is no header")]
    [InlineData("a,b\n1,2\n3,4", "line 3: the file ends within it")]
    [InlineData("a,b\n1,2\n3,\"4\n", "line 3: the file ends within it")]
    [InlineData("a,b\n1,2\n3\n", "line 3: it has 1 fields, the header 2")]
    [InlineData("a,b\n\"1\n\n\",2\n3,4,5\n", "line 5: it has 3 fields, the header 2")]
    [InlineData("a,b\n1,2\"\"\n", "line 2: a quote within a field")]
    [InlineData("a,b\n\"1\" ,2\n", "line 2: something follows a field's closing quote")]
    public void What_is_wrong_is_told_with_its_line(string text, string message) =>
        Should.Throw<InvalidDataException>(() => ReadAll(Encoding.UTF8.GetBytes(text))).Message.ShouldContain(message);

    [Theory]
    [InlineData("price", "x", "a number")]
    [InlineData("price", "", "a number")]
    [InlineData("price", "1.5.5", "a number")]
    [InlineData("line_no", "1x", "a whole number")]
    [InlineData("recv_ts", "2026-01-01", "a whole number")]
    [InlineData("count", "99999999999", "a whole number")]
    [InlineData("is_snapshot", "yes", "true or false")]
    [InlineData("symbol", "", "a text")]
    public void A_field_that_is_none_of_its_column_is_told(string column, string field, string wanted)
    {
        var file = CsvFiles.Of(CsvCompression.None, 9, SampleRows.OneOfEach(_pool, Channel.Books));
        var lines = Encoding.UTF8.GetString(file).Split('\n');
        var fields = lines[2].Split(',');
        fields[Array.IndexOf(lines[0].Split(','), column)] = field;
        lines[2] = string.Join(',', fields);
        Should.Throw<InvalidDataException>(() => ReadAll(Encoding.UTF8.GetBytes(string.Join('\n', lines)))).Message
            .ShouldStartWith($"line 3: {column} is '{field}', not {wanted}");
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void A_file_cut_anywhere_is_refused_or_lacks_its_last_blocks(CsvCompression compression)
    {
        var whole = CsvFiles.Of(compression, 500, SampleRows.TradeBatch(_pool).AddTrades(1, 3000));
        var rows = new HashSet<long>();
        var random = new Random(20261121);
        for (var i = 0; i < 500; i++)
        {
            var cut = whole[..random.Next(1, whole.Length)];
            try
            {
                rows.Add(ReadAll(cut));
            }
            catch (InvalidDataException fault)
            {
                fault.Message.ShouldContain("line ");
            }
        }

        // Whole blocks of whole lines: what such a file lacks, its manifest's rows, bytes and hash tell.
        if (compression != CsvCompression.None)
            rows.ShouldAllBe(x => x % 500 == 0);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Bytes_that_follow_a_file_are_told(CsvCompression compression)
    {
        var file = CsvFiles.Of(compression, 500, SampleRows.TradeBatch(_pool).AddTrades(1, 10));
        Should.Throw<InvalidDataException>(() => ReadAll([.. file, 1, 2, 3]));
    }

    [Fact]
    public void A_file_that_another_program_packed_is_read()
    {
        var text = CsvFiles.Of(CsvCompression.None, 500, SampleRows.TradeBatch(_pool).AddTrades(1, 3000));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(text);
        ReadAll(packed.ToArray()).ShouldBe(3000);
        Should.Throw<InvalidDataException>(() => ReadAll(packed.ToArray()[..^100])).Message.ShouldContain("line ");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(25)]
    public void A_damaged_block_within_a_file_is_never_taken_for_its_end(int at)
    {
        var file = CsvFiles.Of(CsvCompression.Gzip, 500, SampleRows.TradeBatch(_pool).AddTrades(1, 3000));
        var second = (int)GzipBlock.StatedLength(file)!.Value;
        file[second + at] ^= 0x40;
        Should.Throw<InvalidDataException>(() => ReadAll(file)).Message.ShouldContain("line ");
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Damaged_files_are_refused_or_read_and_never_anything_else(CsvCompression compression)
    {
        var whole = CsvFiles.Of(compression, 100, SampleRows.TradeBatch(_pool).AddTrades(1, 300));
        for (var seed = 0; seed < 2000; seed++)
        {
            try
            {
                ReadAll(DamagedFile.Of(whole, new Random(seed), overwritesWords: false));
            }
            catch (Exception fault) when (fault is InvalidDataException or NotSupportedException)
            {
                // As it should.
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {seed}", fault);
            }
        }
    }

    [Fact]
    public void Endless_lines_and_frames_are_refused_in_bounded_memory()
    {
        var zeros = new byte[100 << 20];
        Should.Throw<InvalidDataException>(() => ReadAll(zeros)).Message.ShouldContain("longer than");
        using var compressor = new ZstdCompressor(1);
        var packed = new byte[Zstd.CompressBound(zeros.Length)];
        var frame = packed[..compressor.Compress(zeros, packed)];
        Should.Throw<InvalidDataException>(() => ReadAll(frame)).Message.ShouldContain("longer than");
    }

    static long ReadAll(byte[] file)
    {
        using var reader = CsvFiles.Read(file);
        for (var group = 0; group < reader.GroupRows.Count; group++)
            reader.Read(group);
        return reader.RowCount;
    }
}
