using System.CommandLine;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Runtime.Instruments;

namespace Ticklake.Commands;

/// <summary><c>symbols</c>: the instruments that a data directory remembers of its exchanges.</summary>
static class SymbolsCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var exchange = new Option<string?>("--exchange", "-e") { Description = "Only this exchange." };
        exchange.AcceptOnlyFromAmong([.. ExchangeCatalog.All.Select(e => e.Id)]);
        var market = new Option<string?>("--market", "-m") { Description = "Only this market." };
        var search = new Option<string?>("--search") { Description = "Only symbols and pairs that contain this text." };
        var history = new Option<bool>("--history") { Description = "Also what was valid earlier: changes and delistings." };
        var json = SharedOptions.AsJson();
        var command = new Command("symbols", "List the instruments of the recorded exchanges, as their own lists had them.")
        {
            data, exchange, market, search, history, json,
        };
        command.SetAction(parsed =>
        {
            if (SharedOptions.ExistingLake(parsed.GetValue(data)!) is not { } lake)
                return ExitCodes.Usage;
            var markets = ExchangeCatalog.All.SelectMany(e => e.Markets).Where(m =>
                (parsed.GetValue(exchange) ?? m.Exchange) == m.Exchange && (parsed.GetValue(market) ?? m.Market) == m.Market);
            return Run(lake, [.. markets], parsed.GetValue(search) ?? "", parsed.GetValue(history), parsed.GetValue(json));
        });
        return command;
    }

    static int Run(string lake, IReadOnlyList<MarketId> markets, string search, bool withPast, bool json)
    {
        try
        {
            var found = new List<(MarketId Market, InstrumentPeriod Period)>();
            var known = false;
            foreach (var market in markets)
            {
                var history = InstrumentHistory.Open(InstrumentHistory.PathOf(lake, market));
                known |= history.ReadAt is not null;
                found.AddRange((withPast ? history.All : history.Current).Where(p => Fits(p.Instrument, search))
                    .OrderBy(p => p.Instrument.Symbol, StringComparer.Ordinal).ThenBy(p => p.ValidFrom).Select(p => (market, p)));
            }

            if (json)
                Console.WriteLine(JsonSerializer.Serialize(found.Select(Described), SharedOptions.Json));
            else
                Print(found, known, search);
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"The instruments cannot be read: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    static bool Fits(Instrument instrument, string search) =>
        instrument.Symbol.Contains(search, StringComparison.OrdinalIgnoreCase)
        || instrument.Pair.Contains(search, StringComparison.OrdinalIgnoreCase);

    static object Described((MarketId Market, InstrumentPeriod Period) found) => new
    {
        found.Market.Exchange,
        found.Market.Market,
        found.Period.Instrument.Symbol,
        found.Period.Instrument.Pair,
        found.Period.Instrument.Base,
        found.Period.Instrument.Quote,
        found.Period.Instrument.Kind,
        found.Period.Instrument.Status,
        TickSize = Text(found.Period.Instrument.TickSize),
        LotSize = Text(found.Period.Instrument.LotSize),
        ContractSize = Text(found.Period.Instrument.ContractSize),
        ValidFrom = found.Period.ValidFrom.UtcDateTime,
        ValidTo = found.Period.ValidTo?.UtcDateTime,
    };

    static void Print(List<(MarketId Market, InstrumentPeriod Period)> found, bool known, string search)
    {
        if (found.Count == 0)
        {
            Console.WriteLine(known
                ? search.Length == 0 ? "No instrument is listed any more; --history shows those that were." : $"No symbol or pair contains '{search}'."
                : "No list of instruments has been read yet. A recorder reads those of its markets when it starts: run or demo.");
            return;
        }

        var rows = found.Select(f => new[]
        {
            f.Market.ToString(), f.Period.Instrument.Symbol, f.Period.Instrument.Pair, f.Period.Instrument.Kind,
            f.Period.Instrument.Status, Text(f.Period.Instrument.TickSize) ?? "", Text(f.Period.Instrument.LotSize) ?? "",
            Minute(f.Period.ValidFrom), f.Period.ValidTo is { } to ? Minute(to) : "",
        });
        AlignedTable.Print(
            [["market", "symbol", "pair", "kind", "status", "tick", "lot", "valid from", "to"], .. rows], [5, 6]);
        Console.WriteLine();
        Console.WriteLine($"{found.Count} instruments");
    }

    static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", null);

    static string? Text(in ExactDecimal number) => number.IsNone ? null : number.ToString();
}
