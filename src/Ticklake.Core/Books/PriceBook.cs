namespace Ticklake.Core.Books;

/// <summary>An order book by price (L2).</summary>
public sealed class PriceBook;
