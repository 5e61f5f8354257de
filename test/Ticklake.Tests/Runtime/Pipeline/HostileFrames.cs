using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Frames as no exchange should send them: made from good ones, or only large, deep and odd.</summary>
static class HostileFrames
{
    const int Huge = 16 * 1024 * 1024;

    static readonly string[] Values =
    [
        "null", "true", "\"\"", "\"x\"", "{}", "[]", "[[]]", "-1", "0", "1.5", "1e400", "-0", "01", "NaN", "\"\\u0000\"",
        "\"\\ud800\"", "9223372036854775807", "9223372036854775808", "\"1\"", "\"-7\"", new('9', 5000),
        "\"" + new string('9', 5000) + "\"", "0." + new string('1', 5000), "1e" + new string('9', 3000),
        "1e-" + new string('9', 3000),
    ];

    /// <summary>Everything that is done to each of some representative frames.</summary>
    public static IEnumerable<byte[]> Of(byte[] frame)
    {
        for (var i = 0; i < frame.Length; i++)
        {
            yield return frame[..i];
            yield return [.. frame.AsSpan(0, i), 0, .. frame.AsSpan(i)];
            yield return [.. frame.AsSpan(0, i), 0xC3, 0x28, .. frame.AsSpan(i)];
        }

        foreach (var (from, to) in Tokens(frame, members: false))
        {
            foreach (var value in Values)
                yield return Replaced(frame, from, to, Encoding.ASCII.GetBytes(value));
            yield return Replaced(frame, from, to, [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']);
        }

        foreach (var (from, to) in Tokens(frame, members: true))
            yield return [.. frame.AsSpan(0, to), (byte)',', .. frame.AsSpan(from..to), .. frame.AsSpan(to)];
    }

    /// <summary>One value exchanged for another of the frame, of another frame, of another type, or a number moved.</summary>
    public static byte[] WithOneValueChanged(byte[] frame, byte[] other, Random random)
    {
        var values = Tokens(frame, members: false);
        if (values.Count == 0)
            return frame;
        var (from, to) = values[random.Next(values.Count)];
        if (random.Next(2) == 0 && long.TryParse(frame.AsSpan(from..to), out var number))
        {
            var moved = random.Next(2) == 0 ? number + 1 : unchecked(number + random.NextInt64());
            return Replaced(frame, from, to, Encoding.ASCII.GetBytes(moved.ToString(CultureInfo.InvariantCulture)));
        }

        var donor = random.Next(2) == 0 ? frame : other;
        var others = Tokens(donor, members: false);
        if (random.Next(4) == 0 || others.Count == 0)
            return Replaced(frame, from, to, Encoding.ASCII.GetBytes(Values[random.Next(Values.Length)]));
        var (start, end) = others[random.Next(others.Count)];
        return Replaced(frame, from, to, donor.AsSpan(start..end));
    }

    /// <summary>Frames of 16 MB: refused ones, and such as a decoder could take for data of an open channel.</summary>
    public static IEnumerable<byte[]> Largest(string channel, Func<int, string> entry)
    {
        foreach (var (first, fill) in new[] { ('[', '['), ('{', '{'), ('[', '9'), ('[', ' '), ('"', 'x'), ('x', 'x'), ('\0', '\0') })
        {
            var bytes = new byte[Huge];
            bytes.AsSpan().Fill((byte)fill);
            bytes[0] = (byte)first;
            yield return bytes;
        }

        yield return Encoding.ASCII.GetBytes("[\"" + new string('x', Huge) + "\"]");
        var list = new StringBuilder(channel, Huge + 1000);
        for (var i = 0; list.Length < Huge; i++)
            list.Append(entry(i)).Append(',');
        list.Length--;
        foreach (var (open, close) in Closings(channel))
            list.Append(open == '[' ? ']' : close);
        yield return Encoding.ASCII.GetBytes(list.ToString());
    }

    /// <summary>Nested so deep, closed and not, bare and where a payload should be.</summary>
    public static IEnumerable<byte[]> Deep(int levels, string channel)
    {
        var (open, close) = (new string('[', levels), new string(']', levels));
        var objects = new StringBuilder().Insert(0, "{\"event\":", levels).ToString();
        var wrapped = new StringBuilder().Insert(0, "{\"data\":", levels).ToString();
        foreach (var text in new[]
        {
            open, open + close, channel + open, channel + open + close + Closing(channel), objects,
            objects + "1" + new string('}', levels), wrapped + "1" + new string('}', levels), close,
            "{\"a\":" + open + close + "}",
        })
            yield return Encoding.ASCII.GetBytes(text);
    }

    static string Closing(string opened) => string.Concat(Closings(opened).Select(x => x.Close));

    // Brackets that are open at the end, innermost first.
    static IEnumerable<(char Open, char Close)> Closings(string opened)
    {
        var open = new Stack<char>();
        foreach (var c in opened)
        {
            if (c is '[' or '{')
                open.Push(c);
            else if (c is ']' or '}')
                open.Pop();
        }

        return open.Select(c => (c, c == '[' ? ']' : '}'));
    }

    static byte[] Replaced(byte[] frame, int from, int to, ReadOnlySpan<byte> value) =>
        [.. frame.AsSpan(0, from), .. value, .. frame.AsSpan(to)];

    // Where scalar values stand, or whole members of objects with scalar values.
    static List<(int From, int To)> Tokens(byte[] frame, bool members)
    {
        var found = new List<(int, int)>();
        var reader = new Utf8JsonReader(frame);
        var name = -1;
        try
        {
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                if (reader.TokenType == JsonTokenType.PropertyName)
                    name = start;
                else if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    name = -1;
                else if (reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
                {
                    if (!members || name >= 0)
                        found.Add((members ? name : start, (int)reader.BytesConsumed));
                    name = -1;
                }
            }
        }
        catch (JsonException)
        {
            // What is good up to here will do.
        }

        return found;
    }
}
