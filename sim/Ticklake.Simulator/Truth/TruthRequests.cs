namespace Ticklake.Simulator.Truth;

/// <summary>REST requests of one client address about one subject.</summary>
/// <param name="Exchange">The venue.</param>
/// <param name="Address">The client's address.</param>
/// <param name="Subject">Path and symbol: <c>depth BTCUSDT</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Refused">How many of them were answered 429, 418 or 403.</param>
public sealed record TruthRequests(string Exchange, string Address, string Subject, long Count, long Refused);
