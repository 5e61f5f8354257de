using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges;

/// <summary>
/// A market's order book by REST: how it is asked for, and how the answer reads. Pure, one instance per user: its levels are
/// valid until the next answer is read.
/// </summary>
public interface IDepthReader
{
    /// <summary>Levels a side that are asked for where nobody says how many.</summary>
    int PresetLevels => 100;

    /// <summary>Why so many levels a side cannot be asked for, and what would be right; null where they can.</summary>
    string? FaultOf(int levels);

    RestRequest RequestFor(string symbol, int levels);

    /// <summary>
    /// The request for a book that can be compared with that of this stream, because the exchange documents that both count
    /// alike; null where it does not.
    /// </summary>
    RestRequest? ComparisonFor(StreamKey stream);

    /// <summary>Reads an answer's body; false where it is not as documented (an error in the place of a book, too).</summary>
    bool TryRead(ReadOnlySpan<byte> body, out DepthAnswer answer);

    /// <summary>The levels of the last answer, bids from the best on, then asks.</summary>
    ReadOnlySpan<BookLevel> Levels { get; }
}

/// <summary>What an answer says of its book beside the levels. Absent numbers are <see cref="EventStamp.None"/>.</summary>
/// <param name="LastUpdateId">The last update in it, by the exchange's usual count.</param>
/// <param name="Sequence">
/// The matching engine's number, where the exchange has one that streams carry as their sequence: then that is compared.
/// </param>
/// <param name="TimeUs">The exchange's time.</param>
public readonly record struct DepthAnswer(long LastUpdateId, long Sequence, long TimeUs);
