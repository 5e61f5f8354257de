using System.Globalization;
using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>A number of bytes within bounds: <c>64KB</c>, <c>256MB</c>, <c>1GiB</c>.</summary>
sealed class SizeForm(long min, long max) : ScalarForm<long>
{
    static readonly (string Name, long Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("TB", 1_000_000_000_000), ("GiB", 1L << 30), ("GB", 1_000_000_000),
        ("MiB", 1L << 20), ("MB", 1_000_000), ("KiB", 1L << 10), ("KB", 1_000), ("B", 1),
    ];

    public override string Allowed => $"a size from {Write(min)} to {Write(max)}, such as 64MB, 256MB or 1GiB";

    public const string Shape = "[0-9]+ ?(B|KB|KiB|MB|MiB|GB|GiB|TB|TiB)";

    public override JsonObject Schema => Pattern(Shape);

    protected override bool TryRead(string text, out long value) => TryParse(text, out value);

    internal bool TryParse(string text, out long value)
    {
        value = 0;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = text[digits..].TrimStart(' ');
        var bytes = Array.Find(Units, u => u.Name == unit).Bytes;
        if (digits is 0 or > 15 || bytes == 0)
            return false;
        var size = decimal.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture) * bytes;
        if (size < min || size > max)
            return false;
        value = (long)size;
        return true;
    }

    public override string Write(long value)
    {
        var (name, bytes) = Array.Find(Units, u => value >= u.Bytes && value % u.Bytes == 0);
        return name is null ? "0B" : string.Create(CultureInfo.InvariantCulture, $"{value / bytes}{name}");
    }
}
