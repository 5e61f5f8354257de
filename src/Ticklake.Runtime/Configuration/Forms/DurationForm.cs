using System.Globalization;
using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>A duration within bounds: <c>500ms</c>, <c>30s</c>, <c>1h30m</c>, <c>7d</c>.</summary>
sealed class DurationForm(TimeSpan min, TimeSpan max) : ScalarForm<TimeSpan>
{
    /// <summary>What a duration looks like, as a regular expression.</summary>
    public const string Shape = "([0-9]+(d|h|m|s|ms))+";

    static readonly (string Name, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    public override string Allowed => $"a duration from {Text(min)} to {Text(max)}, such as 500ms, 30s, 5m or 23h";

    public override JsonObject Schema => Pattern(Shape);

    protected override bool TryRead(string text, out TimeSpan value) => TryParseWithin(text, out value);

    /// <summary>As <see cref="TryParse"/>, within the bounds.</summary>
    public bool TryParseWithin(string text, out TimeSpan value) =>
        TryParse(text, out value) && value >= min && value <= max;

    public override string Write(TimeSpan value) => Text(value);

    /// <summary>Numbers with units one after the other, the largest first or in any order.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var ticks = 0m;
        var at = 0;
        while (at < text.Length)
        {
            var digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            var unit = at;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
                at++;
            var length = Array.Find(Units, u => text.AsSpan(unit, at - unit).SequenceEqual(u.Name)).Length;
            if (unit - digits is 0 or > 9 || length == TimeSpan.Zero)
                return false;
            ticks += decimal.Parse(text.AsSpan(digits, unit - digits), CultureInfo.InvariantCulture) * length.Ticks;
        }

        if (text.Length == 0 || ticks > TimeSpan.MaxValue.Ticks)
            return false;
        value = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>The shortest text: <c>1h</c> rather than <c>60m</c>, <c>1h30m</c> rather than <c>90m</c>.</summary>
    public static string Text(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
            return "0s";
        var text = "";
        foreach (var (name, length) in Units)
        {
            var count = value.Ticks / length.Ticks;
            if (count > 0)
                text += string.Create(CultureInfo.InvariantCulture, $"{count}{name}");
            value -= count * length;
        }

        return text;
    }
}
