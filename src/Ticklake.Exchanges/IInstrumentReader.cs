using Ticklake.Core.Markets;

namespace Ticklake.Exchanges;

/// <summary>
/// Reads a market's list of instruments, one REST answer after the other: ask for <see cref="Next"/>, give the answer to
/// <see cref="Take"/>, until there is no next request. No I/O; one reader for one reading.
/// </summary>
public interface IInstrumentReader
{
    /// <summary>The next request, or null when everything has been read.</summary>
    RestRequest? Next { get; }

    /// <summary>The instruments read so far.</summary>
    IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>Takes the body of a successful answer to <see cref="Next"/>; what is wrong with it, or null.</summary>
    string? Take(ReadOnlySpan<byte> body);
}
