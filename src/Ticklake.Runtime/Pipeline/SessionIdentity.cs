using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Pipeline;

/// <summary>Who a session is, as its journal's first line says.</summary>
/// <param name="Market">Exchange and market.</param>
/// <param name="ConnectionId">Unique among all sessions of the market.</param>
/// <param name="ConfFlags">Connection flags known from the start, or null.</param>
/// <param name="Follows">The session it takes over from without a break, or null.</param>
/// <param name="IsImported">Another recorder captured it: where it begins and ends says nothing about holes.</param>
/// <param name="Pairs">Pairs of its symbols as the exchange listed them, or null.</param>
public sealed record SessionIdentity(
    MarketId Market,
    string ConnectionId,
    long? ConfFlags = null,
    string? Follows = null,
    bool IsImported = false,
    IReadOnlyDictionary<string, string>? Pairs = null)
{
    /// <summary>Streams made from the books that the session carries.</summary>
    public IReadOnlyList<DerivedStream> Derived { get; init; } = [];

    /// <summary>What the session's own description of itself says of it.</summary>
    public static SessionIdentity Of(Journal.JournalHeader header) => new(
        header.Market, header.ConnId, header.Flags, header.Follows, header.Imported is not null, header.Pairs)
    {
        Derived = header.Derived,
    };
}
