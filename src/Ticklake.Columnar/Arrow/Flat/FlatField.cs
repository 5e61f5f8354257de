namespace Ticklake.Columnar.Arrow.Flat;

/// <summary>A field of a FlatBuffers table: its number in the schema, its size and its value.</summary>
readonly record struct FlatField(int Slot, int Size, long Value)
{
    public static FlatField Bool(int slot, bool value) => new(slot, 1, value ? 1 : 0);

    public static FlatField Byte(int slot, byte value) => new(slot, 1, value);

    public static FlatField Int16(int slot, short value) => new(slot, 2, value);

    public static FlatField Int32(int slot, int value) => new(slot, 4, value);

    public static FlatField Int64(int slot, long value) => new(slot, 8, value);

    /// <summary>Refers to what is written later; <see cref="FlatBuilder.Link"/> says where that is.</summary>
    public static FlatField Reference(int slot) => new(slot, 4, 0);
}
