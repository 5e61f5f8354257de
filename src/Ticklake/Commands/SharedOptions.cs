using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Commands;

/// <summary>Options that several commands take, and how they all print.</summary>
static class SharedOptions
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static Option<string> Data() => new("--data")
    {
        Description = "The data directory (the lake).",
        DefaultValueFactory = _ => "./data",
    };

    public static Option<bool> AsJson() => new("--json") { Description = "Print JSON." };

    public static Option<string> Exchange() => new("--exchange", "-e") { Description = "The exchange, e.g. bitfinex.", Required = true };

    public static Option<string> Market() => new("--market", "-m")
    {
        Description = "Its market.",
        DefaultValueFactory = _ => MarketId.Spot,
    };

    /// <summary>Full path of an existing lake, or null after saying what is wrong.</summary>
    public static string? ExistingLake(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full))
            return full;
        Complain($"There is no data directory {full}. Name one with --data.");
        return null;
    }

    /// <summary>A market this program knows, or null after saying which there are.</summary>
    public static MarketId? KnownMarket(string exchange, string market)
    {
        if (ExchangeCatalog.Find(exchange) is not { } known)
        {
            Complain($"There is no exchange '{exchange}'. Known: {string.Join(", ", ExchangeCatalog.All.Select(e => e.Id))}.");
            return null;
        }

        if (known.ReadableMarkets.FirstOrDefault(m => m.Market == market) is { } id)
            return id;
        Complain($"{exchange} has no market '{market}'. Known: {string.Join(", ", known.ReadableMarkets.Select(m => m.Market))}.");
        return null;
    }

    public static void Complain(string fault) => Console.Error.WriteLine(fault);
}
