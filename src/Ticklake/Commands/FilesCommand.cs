using System.CommandLine;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Stores.Segments;

namespace Ticklake.Commands;

/// <summary><c>files</c>: the segments and journals of a lake.</summary>
static class FilesCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var exchange = new Option<string?>("--exchange", "-e") { Description = "Only this exchange." };
        var market = new Option<string?>("--market", "-m") { Description = "Only this market." };
        var channel = new Option<string?>("--channel") { Description = "Only this channel; lists no journals." };
        channel.AcceptOnlyFromAmong([.. ChannelNames.All]);
        var symbol = new Option<string?>("--symbol", "-s") { Description = "Only this symbol; lists no journals." };
        var json = SharedOptions.AsJson();
        var command = new Command("files", "List the sealed segments and the journals of a data directory.")
        {
            data, exchange, market, channel, symbol, json,
        };
        command.SetAction(parsed =>
        {
            var wanted = new Wanted(
                parsed.GetValue(exchange), parsed.GetValue(market), parsed.GetValue(channel), parsed.GetValue(symbol));
            return Run(parsed.GetValue(data)!, wanted, parsed.GetValue(json));
        });
        return command;
    }

    static int Run(string data, Wanted wanted, bool json)
    {
        if (SharedOptions.ExistingLake(data) is not { } lake)
            return ExitCodes.Usage;
        try
        {
            var segments = LakeSegments.Of(lake).Where(x => wanted.Includes(x.Stream))
                .OrderBy(x => x.Stream.ToString(), StringComparer.Ordinal).ThenBy(x => x.Manifest.FirstRecvUs).ToList();
            var journals = JournalFolder.Files(lake).Where(x => wanted.IncludesJournals(x.Header.Market)).ToList();
            if (json)
                PrintJson(segments, journals);
            else
                Print(segments, journals);
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"The files cannot be listed: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    static void PrintJson(IEnumerable<CatalogEntry> segments, IEnumerable<JournalFileEntry> journals) => Console.WriteLine(
        JsonSerializer.Serialize(
            new
            {
                Segments = segments.Select(x => new
                {
                    x.Stream.Market.Exchange,
                    x.Stream.Market.Market,
                    Channel = x.Stream.Channel.Name(),
                    x.Stream.Symbol,
                    x.Stream.Variant,
                    x.Manifest.Rows,
                    x.Manifest.Bytes,
                    FirstRecvTs = UtcText.Micros(x.Manifest.FirstRecvUs),
                    LastRecvTs = UtcText.Micros(x.Manifest.LastRecvUs),
                    Gaps = x.Manifest.Gaps.Count,
                    File = x.FilePath,
                }),
                Journals = journals.Select(x => new
                {
                    x.Header.Market.Exchange,
                    x.Header.Market.Market,
                    x.Header.ConnId,
                    x.Header.Part,
                    x.Bytes,
                    Begin = x.Begin.ToString(),
                    File = x.RelativePath,
                }),
            },
            SharedOptions.Json));

    static void Print(List<CatalogEntry> segments, List<JournalFileEntry> journals)
    {
        var rows = segments.Select(x => new[]
        {
            x.Stream.ToString(), $"{x.Manifest.Rows:N0}", $"{x.Manifest.Bytes:N0}", UtcText.Micros(x.Manifest.FirstRecvUs),
            UtcText.Micros(x.Manifest.LastRecvUs), $"{x.Manifest.Gaps.Count:N0}", x.FilePath,
        });
        AlignedTable.Print([["stream", "rows", "bytes", "first", "last", "gaps", "file"], .. rows], [1, 2, 5]);
        if (journals.Count > 0)
        {
            Console.WriteLine();
            AlignedTable.Print(
                [["session", "bytes", "begin", "journal"], .. journals.Select(x => new[]
                {
                    $"{x.Header.Market}#{x.Header.ConnId}", $"{x.Bytes:N0}", x.Begin.ToString(), x.RelativePath,
                })],
                [1]);
        }

        Console.WriteLine();
        Console.WriteLine(
            $"{segments.Count:N0} segments, {segments.Sum(x => x.Manifest.Rows):N0} rows, {segments.Sum(x => x.Manifest.Bytes):N0} bytes; "
            + $"{journals.Count:N0} journals, {journals.Sum(x => x.Bytes):N0} bytes");
    }

    sealed record Wanted(string? Exchange, string? Market, string? Channel, string? Symbol)
    {
        public bool Includes(StreamKey stream) =>
            Includes(stream.Market) && Is(Channel, stream.Channel.Name()) && Is(Symbol, stream.Symbol);

        // A journal holds whole connections, not single streams.
        public bool IncludesJournals(MarketId market) => Channel is null && Symbol is null && Includes(market);

        bool Includes(MarketId market) => Is(Exchange, market.Exchange) && Is(Market, market.Market);

        static bool Is(string? wanted, string own) => wanted is null || wanted == own;
    }
}
