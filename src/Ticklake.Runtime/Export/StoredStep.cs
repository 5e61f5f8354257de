namespace Ticklake.Runtime.Export;

/// <summary>What a stored update did to the book.</summary>
enum StoredStep : byte
{
    /// <summary>There is no sound book.</summary>
    LeftOut,

    /// <summary>It says nothing that the book does not hold.</summary>
    NoNews,

    /// <summary>Its levels changed the book.</summary>
    Changed,

    /// <summary>The book begins anew.</summary>
    Whole,
}
