namespace Ticklake.Simulator.Market;

/// <summary>A level or order of a true book as exact decimals; the order id is 0 for levels.</summary>
public sealed record BookRow(decimal Price, decimal Amount, int Count, long OrderId = 0);
