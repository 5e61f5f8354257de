namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// What an answer's text says of single topics: <c>a,b</c>; <c>Not Subscribed successfully! [c].  Reason： Blocked! </c> with a
/// full-width colon; or both in one (mexc.md 3). Topics that it does not name are not settled: several answers may have one id.
/// </summary>
sealed record MexcAnswerText(IReadOnlyList<string> Accepted, IReadOnlyList<string> Refused)
{
    const string RefusedMark = "Not Subscribed successfully! [";
    const string AcceptedMark = "Subscribed successful! [";

    public static MexcAnswerText Parse(string text)
    {
        var refused = ListAfter(text, RefusedMark);
        var accepted = ListAfter(text, AcceptedMark);
        return refused.Length > 0 || accepted.Length > 0 ? new(accepted, refused) : new(Split(text), []);
    }

    static string[] ListAfter(string text, string mark)
    {
        var start = text.IndexOf(mark, StringComparison.Ordinal);
        if (start < 0)
            return [];
        start += mark.Length;
        var end = text.IndexOf(']', start);
        return Split(end < 0 ? text[start..] : text[start..end]);
    }

    static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
