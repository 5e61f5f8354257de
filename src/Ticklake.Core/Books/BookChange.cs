namespace Ticklake.Core.Books;

/// <summary>What an update did to a book.</summary>
public enum BookChange : byte
{
    Inserted,
    Updated,
    Deleted,

    /// <summary>
    /// There was nothing to delete: normal on exchanges that send a window of a deeper book (OKX, Coinbase).
    /// </summary>
    UnknownDelete,
}
