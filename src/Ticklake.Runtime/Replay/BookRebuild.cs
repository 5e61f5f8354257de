using System.Buffers;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>Which book, and when.</summary>
/// <param name="DataDirectory">The lake.</param>
/// <param name="Market">Exchange and market.</param>
/// <param name="Channel"><see cref="Channel.Books"/> or <see cref="Channel.RawBooks"/>.</param>
/// <param name="Symbol">The exchange's own name.</param>
/// <param name="Variant">The stream's variant, or null for the only (or default) one.</param>
/// <param name="At">The book after everything received until then, or null.</param>
/// <param name="Line">The book after this line of the session's journal, counted over all its files, or null.</param>
/// <param name="Session">1-based among the market's sessions, or null for the last that carries the book.</param>
public sealed record BookQuestion(
    string DataDirectory,
    MarketId Market,
    Channel Channel,
    string Symbol,
    string? Variant = null,
    TimestampNs? At = null,
    long? Line = null,
    int? Session = null);

/// <summary>A book as rebuilt from the journal, or why there is none.</summary>
public sealed record BookAnswer(StreamState? State, string? Fault, JournalSession? Session, long Lines)
{
    public static BookAnswer None(string fault) => new(null, fault, null, 0);
}

/// <summary>Rebuilds a book from the journal as it was at a moment. One thread.</summary>
public static class BookRebuild
{
    public static BookAnswer Answer(BookQuestion question)
    {
        if (ExchangeCatalog.Find(question.Market.Exchange) is not { } exchange)
            return BookAnswer.None($"There is no exchange '{question.Market.Exchange}'.");
        var sessions = JournalFolder.Sessions(question.DataDirectory).Where(s => s.Market == question.Market).ToList();
        if (sessions.Count == 0)
            return BookAnswer.None($"There is no journal of {question.Market} in {question.DataDirectory}.");
        if (question.Session is { } number)
        {
            return number < 1 || number > sessions.Count
                ? BookAnswer.None($"{question.Market} has {sessions.Count} sessions; there is no session {number}.")
                : Rebuild(question, exchange, sessions[number - 1])
                    ?? BookAnswer.None($"Session {number} of {question.Market} carries no {Describe(question)}.");
        }

        // A session that began later than the moment asked for cannot hold it.
        for (var i = sessions.Count - 1; i >= 0; i--)
        {
            if (question.At is { } at && sessions[i].Begin > at)
                continue;
            if (Rebuild(question, exchange, sessions[i]) is { } answer)
                return answer;
        }

        return BookAnswer.None($"No session of {question.Market} carries {Describe(question)} at that moment.");
    }

    /// <summary>The dump defined for comparisons: bids from the highest price down, then asks from the lowest up.</summary>
    public static byte[] Canonical(StreamState state)
    {
        var text = new ArrayBufferWriter<byte>();
        if (state.Orders is { } orders)
            orders.Book.WriteCanonical(text);
        else
            (state.Book?.Book ?? state.Chained!.Book).WriteCanonical(text);
        return text.WrittenSpan.ToArray();
    }

    static BookAnswer? Rebuild(BookQuestion question, IExchange exchange, JournalSession session)
    {
        var states = new StreamStates(exchange);
        var pool = new RowBatchPool();
        using var replay = new SessionReplay(session, exchange, states, new PipelineOutputs(new DiscardSink(pool), pool));
        long lines = 0;
        replay.Advance(
            int.MaxValue,
            (in JournalLine line, string _) =>
                (question.At is { } at && line.Time > at) || (question.Line is { } last && ++lines > last));
        var candidates = states.All
            .Where(s => s.Key.Channel == question.Channel && s.Key.Symbol == question.Symbol
                && (question.Variant is null || s.Key.Variant == question.Variant))
            .OrderBy(s => s.Key.Variant.Length)
            .ToList();
        return candidates.Count == 0 ? null : new BookAnswer(candidates[0], null, session, replay.Lines);
    }

    static string Describe(BookQuestion question) =>
        question.Variant is null ? $"{question.Channel.Name()} of {question.Symbol}"
            : $"{question.Channel.Name()}_{question.Variant} of {question.Symbol}";
}
