namespace Ticklake.Core.Books;

/// <summary>An order book by order id (L3).</summary>
public sealed class OrderBook;
