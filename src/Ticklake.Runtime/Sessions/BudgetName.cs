using System.Net;

namespace Ticklake.Runtime.Sessions;

/// <summary>What a budget is about.</summary>
/// <param name="Counted">What is counted: <c>rest binance</c>, <c>connect okx ws.okx.com:8443</c>.</param>
/// <param name="Address">The local address it is counted for; empty where the system chooses.</param>
public sealed record BudgetName(string Counted, string Address)
{
    public static BudgetName Rest(string exchange, string pool, IPAddress? address) =>
        new(pool.Length == 0 ? $"rest {exchange}" : $"rest {exchange}-{pool}", address?.ToString() ?? "");

    /// <summary>Connections are counted by the host they go to: doors on other hosts have limits of their own.</summary>
    public static BudgetName Connect(string exchange, Uri door, IPAddress? address) =>
        new($"connect {exchange} {door.Authority}", address?.ToString() ?? "");

    public override string ToString() => Address.Length == 0 ? Counted : $"{Counted} from {Address}";
}
