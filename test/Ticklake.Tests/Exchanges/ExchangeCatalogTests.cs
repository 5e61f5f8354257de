using Shouldly;
using Ticklake.Exchanges;
using Xunit;

namespace Ticklake.Tests.Exchanges;

public sealed class ExchangeCatalogTests
{
    /// <summary>Folders that hold what exchanges share.</summary>
    static readonly string[] Shared = ["Json", "Protobuf", "Transport"];

    [Fact]
    public void Every_folder_is_an_exchange_in_the_catalogue()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Ticklake.slnx")))
            at = at.Parent ?? throw new DirectoryNotFoundException("Ticklake.slnx");
        var folders = Directory.GetDirectories(Path.Combine(at.FullName, "src", "Ticklake.Exchanges"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => !Shared.Contains(name) && name is not ("bin" or "obj"));
        folders.Select(name => name.ToLowerInvariant()).Order()
            .ShouldBe(ExchangeCatalog.All.Select(exchange => exchange.Id).Order());
    }

    [Fact]
    public void An_unknown_id_finds_nothing() => ExchangeCatalog.Find("mtgox").ShouldBeNull();
}
