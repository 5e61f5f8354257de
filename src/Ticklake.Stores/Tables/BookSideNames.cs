using Ticklake.Core.Events;

namespace Ticklake.Stores.Tables;

/// <summary>The texts of the <c>side</c> column of book tables, by <see cref="BookSide"/>.</summary>
static class BookSideNames
{
    public static byte[][] Utf8 { get; } = ["bid"u8.ToArray(), "ask"u8.ToArray()];
}
