namespace Ticklake.Stores.Tables;

/// <summary>How to give each of a batch's arrays a new size: the rows kept, and room for the rest.</summary>
readonly record struct LaneShape(int From, int Count, int Capacity)
{
    /// <summary>Replaces <paramref name="lane"/> by a new array that begins with the rows kept.</summary>
    public void Apply<T>(ref T[] lane)
    {
        // Rows are written before they are read: clearing megabytes first would be for nothing.
        var fresh = GC.AllocateUninitializedArray<T>(Capacity);
        Array.Copy(lane, From, fresh, 0, Count);
        lane = fresh;
    }
}
