namespace Ticklake.Exchanges;

/// <summary>What one must know of a market's list of instruments to choose from it.</summary>
/// <param name="ExampleSymbol">A symbol as the exchange writes them, to try channels and options on.</param>
/// <param name="TradingStatuses">The status of what trades; empty where the list tells none, and all that is listed trades.</param>
/// <param name="Volumes">Where the volumes of 24 hours are read, or null where no request gives those of all symbols.</param>
public sealed record MarketListing(
    string ExampleSymbol, IReadOnlyList<string> TradingStatuses, VolumeRequest? Volumes)
{
    public bool IsTrading(string status) => TradingStatuses.Count == 0 || TradingStatuses.Contains(status);
}

/// <summary>
/// The 24 h tickers of all symbols of a market in one JSON answer: where its rows lie and what they are called. A member of a
/// row that is an array is named by its index.
/// </summary>
/// <param name="Request">The request.</param>
/// <param name="Rows">Members that lead to the array of rows; empty where the answer is that array.</param>
/// <param name="Symbol">The member with the symbol.</param>
/// <param name="Volume">The member with the volume.</param>
public sealed record VolumeRequest(RestRequest Request, IReadOnlyList<string> Rows, string Symbol, string Volume)
{
    /// <summary>Where the volume is in the base currency: the member with the price it is worth.</summary>
    public string? Price { get; init; }

    /// <summary>Rows of symbols that begin otherwise are of another kind (Bitfinex's funding); empty where there are none.</summary>
    public string SymbolPrefix { get; init; } = "";

    /// <summary>Rows an answer holds at most where the list comes in pages, asked for by <c>limit</c> and <c>offset</c>; 0 where it does not.</summary>
    public int PageRows { get; init; }
}
