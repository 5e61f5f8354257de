using System.Text;
using Shouldly;
using Ticklake.Exchanges.Json;
using Xunit;

namespace Ticklake.Tests.Exchanges.Json;

public sealed class JsonMembersTests
{
    [Theory]
    [InlineData("{}", "")]
    [InlineData(" { } ", "")]
    [InlineData("""{"a":1}""", "a=1")]
    [InlineData(""" { "a" : 1 , "b" : {"c":[1,2]} , "":"x" } """, """a=1 b={"c":[1,2]} ="x" """)]
    public void They_come_in_their_order(string text, string expected)
    {
        var (taken, isWhole) = Take(text);
        taken.ShouldBe(expected.Trim());
        isWhole.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{,}")]
    [InlineData("""{"a":1""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a"}""")]
    [InlineData("""{"a":1}}""")]
    [InlineData("""{"a":1]""")]
    [InlineData("""{"a":1}{"b":2}""")]
    public void A_text_that_is_not_one_object_is_not_whole(string text) => Take(text).IsWhole.ShouldBeFalse();

    static (string Taken, bool IsWhole) Take(string text)
    {
        var members = new JsonMembers(Encoding.UTF8.GetBytes(text));
        var taken = new List<string>();
        while (members.TryTake(out var name, out var value))
            taken.Add($"{Encoding.UTF8.GetString(name)}={Encoding.UTF8.GetString(value)}");
        return (string.Join(' ', taken), members.IsWhole);
    }
}
