using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Core.Books;

/// <summary>
/// How the items of a ladder are ordered: by price, then by a tie-breaker of which the larger is better.
/// </summary>
interface ILadderOrder<TItem>
{
    static abstract bool HasTies { get; }

    static abstract ExactDecimal Price(in TItem item);

    static abstract long Tie(in TItem item);
}

/// <summary>One level a price.</summary>
readonly struct ByPrice : ILadderOrder<BookLevel>
{
    public static bool HasTies => false;

    public static ExactDecimal Price(in BookLevel item) => item.Price;

    public static long Tie(in BookLevel item) => 0;
}

/// <summary>Any number of orders a price, the lowest id first.</summary>
readonly struct ByPriceAndId : ILadderOrder<BookOrder>
{
    public static bool HasTies => true;

    public static ExactDecimal Price(in BookOrder item) => item.Price;

    // The complement falls as the id rises and, unlike the negative, has no overflow.
    public static long Tie(in BookOrder item) => ~item.OrderId;
}
