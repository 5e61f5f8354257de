using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Pipeline;

/// <summary>What became of a comparison, for the session that asked for it.</summary>
public enum ComparisonOutcome : byte
{
    /// <summary>The exchange's book is older than what was kept: a newer one may do.</summary>
    TooOld,

    /// <summary>The exchange's book is newer than the stream: it is compared once the stream has come there.</summary>
    Waiting,

    /// <summary>Both were compared.</summary>
    Compared,

    /// <summary>The live book began anew meanwhile, or lost its trust.</summary>
    Abandoned,
}

/// <summary>
/// Compares live books with REST snapshots, as the lines of the journal say (adr/0011): an occurrence begins a comparison,
/// the answer that is marked for it and the updates of the stream decide it. Session thread only.
/// </summary>
sealed class BookReconciliation(IDepthReader? reader, FrameCursor cursor, IntegrityLog log, SessionFeed feed)
{
    /// <summary>The occurrence by which a session begins a comparison.</summary>
    public const string Begin = "reconcile";

    /// <summary>The occurrence by which a session gives one up, and the kind of its <c>controls</c> row.</summary>
    public const string Failed = "reconcile_failed";

    /// <summary>The kind of the row that says a book is the exchange's own.</summary>
    public const string Reconciled = "reconciled";

    const int OkStatus = 200;
    const string Rule = "the book is the exchange's own";

    /// <summary>Is given both books where they differ; null on replay.</summary>
    public Action<BookDrift>? Drifts { get; init; }

    /// <summary>Takes an occurrence that is about comparisons.</summary>
    public void Happened(in JournalLine line, IReadOnlyList<RowSlot> slots)
    {
        var begins = line.Occurrence.SequenceEqual("reconcile"u8);
        if ((!begins && !line.Occurrence.SequenceEqual("reconcile_failed"u8)) || SlotOf(line, slots, out var reason) is not { } slot)
            return;
        slot.Comparison = begins && slot.Own is null && slot.State.Chained is { Trust.Status: BookStatus.Valid } live
            ? new BookComparison(
                reason,
                new UpdateIds(EventStamp.None, live.BookId, EventStamp.None, slot.BookSequence), slot.State.Rules)
            : null;
        if (begins && slot.Comparison is null)
            Tell(slot, ComparisonOutcome.Abandoned);
    }

    /// <summary>Whether the stream's book can be compared at all.</summary>
    public bool Compares(RowSlot slot) => reader?.ComparisonFor(slot.State.Key) is not null;

    /// <summary>A journal file must be readable alone: what was begun in another one is given up.</summary>
    public void BeginFile(IReadOnlyList<RowSlot> slots)
    {
        foreach (var slot in slots)
            Abandon(slot);
    }

    /// <summary>The stream was asked for anew.</summary>
    public void Abandon(RowSlot slot)
    {
        if (slot.Comparison is null)
            return;
        slot.Comparison = null;
        Tell(slot, ComparisonOutcome.Abandoned);
    }

    /// <summary>Takes an answer that was asked for to compare.</summary>
    public FrameVerdict Take(in JournalLine answer, IReadOnlyList<RowSlot> slots)
    {
        if (answer.Status != OkStatus || reader is null)
            return FrameVerdict.Ignored;
        var request = Encoding.UTF8.GetString(answer.Path);
        if (slots.FirstOrDefault(s => s.Comparison?.Request == request) is not { Comparison: { } comparison } slot)
            return FrameVerdict.Ignored;
        if (!reader.TryRead(answer.Payload, out var book))
            return FrameVerdict.Malformed;
        Take(slot, comparison, book);
        return FrameVerdict.Decoded;
    }

    void Take(RowSlot slot, BookComparison comparison, in DepthAnswer book)
    {
        if (!comparison.TryTake(book, reader!.Levels))
            Tell(slot, ComparisonOutcome.TooOld);
        else if (comparison.IsDue)
            Conclude(slot, comparison);
        else
            Tell(slot, ComparisonOutcome.Waiting);
    }

    /// <summary>An update has been judged and applied.</summary>
    public void Follow(RowSlot slot, in BookUpdate update, ReadOnlySpan<BookLevel> levels, bool wasApplied)
    {
        if (slot.Comparison is not { } comparison)
            return;
        if (slot.State.BookStatus != BookStatus.Valid || update.IsSnapshot
            || (wasApplied && !comparison.Follow(update, levels)))
            Abandon(slot);
        else if (comparison.IsDue)
            Conclude(slot, comparison);
    }

    void Conclude(RowSlot slot, BookComparison comparison)
    {
        var live = slot.State.Chained!;
        var found = comparison.Compare(live);
        slot.Comparison = null;
        Tell(slot, ComparisonOutcome.Compared);
        if (found.Differing == 0)
        {
            log.Record(
                Reconciled, slot, JsonSerializer.Serialize(new { id = live.BookId, snapshot = comparison.SnapshotId, levels = found.Levels }));
            // A snapshot that is newer than the stream becomes the book's new beginning, and deeper levels are known again.
            if (found.IsOutgrown)
                feed.Remedies.Add((slot.State.Key, BookRemedy.FetchSnapshot));
            return;
        }

        var seen = string.Create(
            CultureInfo.InvariantCulture, $"{Text(found.Ours)}; {found.Differing} of {found.Levels} levels differ");
        log.Report(
            log.Finding(IntegrityKind.Drift, slot, Rule, Text(found.Theirs), seen) with { FromSeq = live.BookId, ToSeq = live.BookId },
            slot);
        Drifts?.Invoke(
            new BookDrift(
                slot.State.Key, cursor.Time, log.Place, live.BookId, $"expected {Text(found.Theirs)}, saw {seen}",
                Canonical(live.Book), Canonical(comparison.Theirs)));
        feed.Remedies.Add((slot.State.Key, live.Distrust()));
    }

    void Tell(RowSlot slot, ComparisonOutcome outcome) => feed.Comparisons.Add((slot.State.Key, outcome));

    static RowSlot? SlotOf(in JournalLine line, IReadOnlyList<RowSlot> slots, out string reason)
    {
        string? channel = null, symbol = null;
        reason = "";
        var json = new Utf8JsonReader(line.Payload);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (json.ValueTextEquals("channel"u8) && json.Read())
                channel = json.GetString();
            else if (json.ValueTextEquals("symbol"u8) && json.Read())
                symbol = json.GetString();
            else if (json.ValueTextEquals("reason"u8) && json.Read())
                reason = json.GetString() ?? "";
        }

        return slots.FirstOrDefault(s => s.State.Key.ChannelName == channel && s.State.Key.Symbol == symbol);
    }

    static string Text(in BookLevel level)
    {
        Span<byte> text = stackalloc byte[Core.Numbers.ExactDecimal.MaxTextLength];
        var price = Encoding.ASCII.GetString(text[..level.Price.FormatPlain(text)]);
        var amount = Encoding.ASCII.GetString(text[..level.Amount.FormatPlain(text)]);
        return $"{(level.Side == BookSide.Bid ? 'b' : 'a')} {price} {amount}";
    }

    static byte[] Canonical(PriceBook book)
    {
        var text = new ArrayBufferWriter<byte>();
        book.WriteCanonical(text);
        return text.WrittenSpan.ToArray();
    }
}
