namespace Ticklake.Columnar.Arrow.Flat;

/// <summary>A vector of a <see cref="FlatDocument"/>, whose length has been checked against the document's.</summary>
readonly struct FlatVector(FlatDocument document, int start, int count)
{
    public int Count => count;

    public FlatTable Table(int index) => document.Table(start + (4 * index));

    /// <summary>The 64-bit word at a byte position among structs.</summary>
    public long Word(int position) => document.Int64(start + position);

    /// <summary>The 32-bit word at a byte position among structs.</summary>
    public int HalfWord(int position) => document.Int32(start + position);
}
