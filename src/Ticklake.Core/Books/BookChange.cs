namespace Ticklake.Core.Books;

/// <summary>What an update did to a book.</summary>
public enum BookChange : byte
{
    Inserted,
    Updated,

    /// <summary>The level was there already, with this amount and count.</summary>
    Unchanged,

    Deleted,

    /// <summary>
    /// There was nothing to delete: normal on exchanges that send a window of a deeper book (OKX, Coinbase).
    /// </summary>
    UnknownDelete,
}
