using Shouldly;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

public sealed class PathNameTests
{
    [Theory]
    [InlineData("BTCUSDT", "BTCUSDT")]
    [InlineData("KRW-BTC", "KRW-BTC")]
    [InlineData("BTC-USDT-SWAP", "BTC-USDT-SWAP")]
    [InlineData("1000SHIBUSDT", "1000SHIBUSDT")]
    [InlineData("TBTCUSDT", "TBTCUSDT")]
    [InlineData("tBTCUSDT", "tBTCUSDT~1")]
    [InlineData("btcusdt", "btcusdt~7f")]
    [InlineData("BTC/USDT", "BTC%2FUSDT")]
    [InlineData("..", "%2E%2E")]
    [InlineData("", "%")]
    [InlineData("A~B", "A%7EB")]
    [InlineData("100%", "100%25")]
    [InlineData("NUL", "%4EUL")]
    [InlineData("币USDT", "%E5%B8%81USDT")]
    public void A_name_becomes_this_component(string name, string component)
    {
        PathName.Escape(name, PathCase.Upper).ShouldBe(component);
        PathName.Unescape(component).ShouldBe(name);
    }

    [Theory]
    [InlineData("tBTCUSD", "tBTCUSD")]
    [InlineData("fUSD", "fUSD")]
    [InlineData("tBTCF0:USTF0", "tBTCF0%3AUSTF0")]
    [InlineData("TBTCUSD", "TBTCUSD~1")]
    [InlineData("tBTCusd", "tBTCusd~70")]
    public void Bitfinex_symbols_keep_their_lower_case_prefix(string name, string component)
    {
        PathName.Escape(name, PathCase.LowerFirst).ShouldBe(component);
        PathName.Unescape(component).ShouldBe(name);
    }

    [Theory]
    [InlineData("1m", "1m")]
    [InlineData("1M", "1M~1")]
    [InlineData("P1", "P1")]
    [InlineData("100ms", "100ms")]
    [InlineData("P0_F1_100", "P0_F1_100")]
    public void Variants_keep_the_spelling_exchanges_use(string name, string component)
    {
        PathName.Escape(name, PathCase.Variant).ShouldBe(component);
        PathName.Unescape(component).ShouldBe(name);
    }

    [Fact]
    public void No_two_names_collide_and_none_leaves_its_folder()
    {
        const int Seed = 20250117;
        const string Alphabet = "aAbBtTfFpP019.:/\\~%-_ é币\n*";
        var random = new Random(Seed);
        foreach (var usual in Enum.GetValues<PathCase>())
        {
            var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < 20_000; i++)
            {
                var name = new string(random.GetItems<char>(Alphabet, random.Next(0, 6)));
                var component = PathName.Escape(name, usual);

                if (PathName.Unescape(component) != name || !IsSafe(component))
                    Assert.Fail($"seed {Seed}: {name} became {component}");
                if (names.TryGetValue(component, out var other))
                    other.ShouldBe(name, $"seed {Seed}");
                names[component] = name;
            }
        }
    }

    static bool IsSafe(string component) =>
        component.Length > 0 && component[0] != '.' && component[^1] != '.'
        && component.All(c => char.IsAsciiLetterOrDigit(c) || "-_+.%~".Contains(c, StringComparison.Ordinal));
}
