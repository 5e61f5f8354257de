namespace Ticklake.Runtime.Selection;

/// <summary>
/// A symbol with <c>*</c> (any characters, also none) and <c>?</c> (one character) in it. Case counts, as in symbols.
/// </summary>
/// <param name="Text">As it is written.</param>
public sealed record SymbolPattern(string Text)
{
    /// <summary>No exchange's symbols have these characters.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    public bool Fits(string symbol)
    {
        var (at, place) = (0, 0);
        var (star, resume) = (-1, 0);
        while (at < symbol.Length)
        {
            if (place < Text.Length && (Text[place] == '?' || (Text[place] == symbol[at] && Text[place] != '*')))
            {
                at++;
                place++;
            }
            else if (place < Text.Length && Text[place] == '*')
            {
                (star, resume) = (place++, at);
            }
            else if (star >= 0)
            {
                // The last star takes one more character.
                (at, place) = (++resume, star + 1);
            }
            else
            {
                return false;
            }
        }

        return Text.AsSpan(place).TrimStart('*').IsEmpty;
    }
}
