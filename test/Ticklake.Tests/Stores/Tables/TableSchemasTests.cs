using Shouldly;
using Ticklake.Columnar;
using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Stores.Tables;

public sealed class TableSchemasTests
{
    const string Everywhere = "Columns of every table";

    public static TheoryData<Channel> Channels => [.. Enum.GetValues<Channel>()];

    [Theory]
    [MemberData(nameof(Channels))]
    public void The_columns_are_those_of_the_page(Channel channel)
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs", "format", "tables.md"));

        var written = Columns(page, Everywhere).Concat(Columns(page, channel.Name()));

        TableSchemas.Of(channel).Select(Describe).ShouldBe(written);
    }

    [Fact]
    public void The_page_names_the_schema_version() =>
        File.ReadAllText(Path.Combine(Root(), "docs", "format", "tables.md"))
            .ShouldContain($"Schema version: {TableSchemas.Version}.");

    static string Describe(ColumnSchema column) => $"{column.Name} {Type(column.Kind)}{(column.IsNullable ? "?" : "")}";

    static string Type(ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => "boolean",
        ColumnKind.Int32 => "int32",
        ColumnKind.Int64 => "int64",
        ColumnKind.TimestampMicros => "time",
        ColumnKind.Double => "double",
        _ => "text",
    };

    static IEnumerable<string> Columns(string[] page, string heading) => page
        .SkipWhile(line => line != $"## {heading}")
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Where(line => !line.StartsWith("| column ", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => $"{cells[1]} {cells[2]}");

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ticklake.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? ".";
    }
}
