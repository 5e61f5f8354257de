using System.Globalization;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// The members of an object frame (<c>info</c>, <c>conf</c>, <c>subscribed</c>, <c>error</c> …) that a recorder needs,
/// in
/// whatever order they come. Allocates: such frames are rare.
/// </summary>
sealed class BitfinexEventFrame
{
    readonly Dictionary<string, string> _texts = [];

    public string? this[string member] => _texts.GetValueOrDefault(member);

    /// <summary>Platform status of the welcome message: 0 is maintenance.</summary>
    public long? PlatformStatus { get; private set; }

    public long? Number(string member) =>
        long.TryParse(this[member], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static bool TryRead(ReadOnlySpan<byte> frame, out BitfinexEventFrame read)
    {
        read = new BitfinexEventFrame();
        var cursor = new JsonCursor(frame);
        if (!cursor.Take((byte)'{'))
            return false;
        if (cursor.Take((byte)'}'))
            return cursor.AtEnd();
        do
        {
            if (!cursor.TakeKey(out var key) || !read.Keep(ref cursor, key))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && cursor.AtEnd();
    }

    bool Keep(ref JsonCursor cursor, ReadOnlySpan<byte> key)
    {
        switch (cursor.Next())
        {
            case (byte)'"':
                if (!cursor.TakeString(out var text))
                    return false;
                _texts[JsonText.Decode(key)] = JsonText.Decode(text);
                return true;
            case (byte)'{' when key.SequenceEqual("platform"u8):
                return KeepPlatform(ref cursor);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                if (!cursor.TakeValue(out var number))
                    return false;
                _texts[JsonText.Decode(key)] = JsonText.Decode(number);
                return true;
            default:
                return cursor.Skip();
        }
    }

    bool KeepPlatform(ref JsonCursor cursor)
    {
        if (!cursor.TakeValue(out var platform))
            return false;
        var inner = new JsonCursor(platform);
        if (inner.Take((byte)'{') && inner.TakeKey(out var key) && key.SequenceEqual("status"u8)
            && inner.TakeInt64(out var status))
            PlatformStatus = status;
        return true;
    }
}
