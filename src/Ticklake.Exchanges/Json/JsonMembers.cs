namespace Ticklake.Exchanges.Json;

/// <summary>
/// The members of a text that should be one JSON object, in whatever order they stand: taken one by one until there are no
/// more, which is also where the text breaks off; <see cref="IsWhole"/> then tells the two apart. For frames that are few.
/// </summary>
ref struct JsonMembers(ReadOnlySpan<byte> text)
{
    JsonCursor _cursor = new(text);
    bool _isBegun;

    /// <summary>The text is one object, and nothing stands behind it.</summary>
    public bool IsWhole { get; private set; }

    /// <param name="name">The member's raw name.</param>
    /// <param name="value">The JSON text of its value.</param>
    public bool TryTake(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        if (!_isBegun)
        {
            _isBegun = true;
            if (!_cursor.Take((byte)'{'))
                return false;
            if (_cursor.Next() != '}')
                return TryTakeMember(out name, out value);
        }
        else if (_cursor.Take((byte)','))
            return TryTakeMember(out name, out value);
        IsWhole = _cursor.Take((byte)'}') && _cursor.AtEnd();
        return false;
    }

    bool TryTakeMember(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        return _cursor.TakeKey(out name) && _cursor.TakeValue(out value);
    }
}
