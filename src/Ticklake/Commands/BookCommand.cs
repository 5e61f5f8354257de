using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;

namespace Ticklake.Commands;

/// <summary><c>book</c>: a book at a moment, rebuilt from the journal.</summary>
static class BookCommand
{
    const int ShownLevels = 20;

    public static Command Create()
    {
        var data = SharedOptions.Data();
        var exchange = SharedOptions.Exchange();
        var market = SharedOptions.Market();
        var symbol = new Option<string>("--symbol", "-s") { Description = "The exchange's own name, e.g. tBTCUSD.", Required = true };
        var channel = new Option<string>("--channel") { Description = "books or raw_books.", DefaultValueFactory = _ => "books" };
        channel.AcceptOnlyFromAmong("books", "raw_books");
        var variant = new Option<string?>("--variant") { Description = "e.g. P1 or len25; default: the plainest there is." };
        var at = new Option<string?>("--at") { Description = "The book as of this time (ISO 8601, UTC)." };
        var line = new Option<long?>("--line") { Description = "The book after this line of the session's journal." };
        var session = new Option<int?>("--session") { Description = "1-based; default: the last one that carries the book." };
        var canonical = new Option<bool>("--canonical") { Description = "Print every level in the form that is compared by hash." };
        var json = SharedOptions.AsJson();
        var command = new Command("book", "Show an order book at a moment, rebuilt from the journal.")
        {
            data, exchange, market, symbol, channel, variant, at, line, session, canonical, json,
        };
        command.SetAction(parsed =>
        {
            if (SharedOptions.ExistingLake(parsed.GetValue(data)!) is not { } lake
                || SharedOptions.KnownMarket(parsed.GetValue(exchange)!, parsed.GetValue(market)!) is not { } id
                || !TryTime(parsed.GetValue(at), out var time))
                return ExitCodes.Usage;
            var table = parsed.GetValue(channel) == "raw_books" ? Channel.RawBooks : Channel.Books;
            var question = new BookQuestion(
                lake, id, table, parsed.GetValue(symbol)!, parsed.GetValue(variant), time, parsed.GetValue(line), parsed.GetValue(session));
            return Run(question, parsed.GetValue(canonical), parsed.GetValue(json));
        });
        return command;
    }

    static int Run(BookQuestion question, bool canonical, bool json)
    {
        var answer = BookRebuild.Answer(question);
        if (answer.State is not { } state)
        {
            SharedOptions.Complain(answer.Fault!);
            return ExitCodes.Usage;
        }

        if (canonical)
        {
            using var output = Console.OpenStandardOutput();
            output.Write(BookRebuild.Canonical(state));
        }
        else if (json)
            PrintJson(answer, state);
        else
            PrintTable(answer, state);
        if (state.BookStatus == BookStatus.Valid)
            return ExitCodes.Success;
        SharedOptions.Complain(
            state.BookStatus == BookStatus.Empty ? "No snapshot of this book had come by then."
                : "This book is not proven: something was lost before that moment. 'gaps' says what.");
        return ExitCodes.Found;
    }

    static void PrintJson(BookAnswer answer, StreamState state) => Console.WriteLine(
        JsonSerializer.Serialize(
            new
            {
                Stream = state.Key.ToString(),
                Session = answer.Session!.ConnId,
                Status = state.BookStatus.ToString().ToLowerInvariant(),
                Bids = Levels(state, BookSide.Bid, int.MaxValue).Select(l => new[] { l.Price, l.Amount }),
                Asks = Levels(state, BookSide.Ask, int.MaxValue).Select(l => new[] { l.Price, l.Amount }),
            },
            SharedOptions.Json));

    static void PrintTable(BookAnswer answer, StreamState state)
    {
        Console.WriteLine($"{state.Key}, session {answer.Session!.ConnId}, {state.BookStatus.ToString().ToLowerInvariant()}");
        var bids = Levels(state, BookSide.Bid, ShownLevels).ToList();
        var asks = Levels(state, BookSide.Ask, ShownLevels).ToList();
        Console.WriteLine($"{"bid amount",22} {"bid",16} | {"ask",-16} {"ask amount",-22}");
        for (var i = 0; i < Math.Max(bids.Count, asks.Count); i++)
        {
            var bid = i < bids.Count ? bids[i] : ("", "");
            var ask = i < asks.Count ? asks[i] : ("", "");
            Console.WriteLine($"{bid.Item2,22} {bid.Item1,16} | {ask.Item1,-16} {ask.Item2,-22}");
        }
    }

    static IEnumerable<(string Price, string Amount)> Levels(StreamState state, BookSide side, int most)
    {
        if (state.Orders is { } orders)
        {
            for (var i = 0; i < Math.Min(most, orders.Book.Count(side)); i++)
            {
                var order = orders.Book[side, i];
                yield return (order.Price.ToString(), order.Amount.ToString());
            }

            yield break;
        }

        var book = state.Book?.Book ?? state.Chained!.Book;
        for (var i = 0; i < Math.Min(most, book.Count(side)); i++)
        {
            var level = book[side, i];
            yield return (level.Price.ToString(), level.Amount.ToString());
        }
    }

    static bool TryTime(string? text, out TimestampNs? time)
    {
        time = null;
        if (text is null)
            return true;
        if (DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
        {
            time = TimestampNs.From(parsed);
            return true;
        }

        SharedOptions.Complain($"'{text}' is no time. Write 2026-11-21T13:00:00Z or 2026-11-21T13:00:00.123456Z.");
        return false;
    }
}
