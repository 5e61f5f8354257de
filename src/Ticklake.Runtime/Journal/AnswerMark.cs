using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// What a REST answer in the journal was asked for, where that is not its usual purpose: said by a fragment behind the path,
/// which is part of no request, so that a line needs no other to be understood.
/// </summary>
static class AnswerMark
{
    /// <summary>The snapshot is to be compared with the live book, not to replace it.</summary>
    public const string Comparison = "#reconcile";

    const char Between = '/';

    static ReadOnlySpan<byte> ComparisonUtf8 => "#reconcile"u8;

    static ReadOnlySpan<byte> PollUtf8 => "#poll/"u8;

    public static bool IsComparison(ReadOnlySpan<byte> path) => path.EndsWith(ComparisonUtf8);

    /// <summary>The book is recorded as rows of this stream: <c>#poll/10000/100/BTCUSDT</c>, milliseconds and levels.</summary>
    public static string Of(PolledDepth poll) => string.Create(
        CultureInfo.InvariantCulture,
        $"#poll{Between}{(long)poll.Every.TotalMilliseconds}{Between}{poll.Levels}{Between}{poll.Key.Symbol}");

    public static bool IsPoll(ReadOnlySpan<byte> path) => path.IndexOf(PollUtf8) >= 0;

    /// <summary>Reads what <see cref="Of"/> says.</summary>
    public static bool TryReadPoll(ReadOnlySpan<byte> path, MarketId market, [NotNullWhen(true)] out PolledDepth? poll)
    {
        poll = null;
        var at = path.IndexOf(PollUtf8);
        if (at < 0)
            return false;
        var parts = Encoding.UTF8.GetString(path[(at + PollUtf8.Length)..]).Split(Between, 3);
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var every)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var levels))
            return false;
        poll = PolledDepth.Of(market, parts[2], levels, TimeSpan.FromMilliseconds(every));
        return true;
    }
}
