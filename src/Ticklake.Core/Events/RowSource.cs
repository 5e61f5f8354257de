namespace Ticklake.Core.Events;

/// <summary>Where best prices and depth come from; one stream has one source.</summary>
public enum RowSource : byte
{
    /// <summary>A stream of the exchange.</summary>
    Stream,

    /// <summary>Answers to REST requests.</summary>
    Rest,

    /// <summary>The book that was rebuilt from the exchange's stream of books and found right.</summary>
    Book,
}

/// <summary>The one written form of each source.</summary>
public static class RowSourceNames
{
    static readonly string[] Names = ["stream", "rest", "book"];

    public static string Name(this RowSource source) => Names[(int)source];
}
