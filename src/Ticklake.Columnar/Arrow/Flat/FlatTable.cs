namespace Ticklake.Columnar.Arrow.Flat;

/// <summary>A table of a <see cref="FlatDocument"/>; a field that is not there has its default.</summary>
readonly struct FlatTable(FlatDocument document, int start, int length, int places, int placesLength)
{
    public bool Has(int slot) => Place(slot, 1) > 0;

    public byte Byte(int slot, byte absent = 0) => Place(slot, 1) is > 0 and var at ? document.Byte(at) : absent;

    public bool Bool(int slot) => Byte(slot) != 0;

    public short Int16(int slot, short absent = 0) =>
        Place(slot, 2) is > 0 and var at ? (short)document.UInt16(at) : absent;

    public int Int32(int slot, int absent = 0) => Place(slot, 4) is > 0 and var at ? document.Int32(at) : absent;

    public long Int64(int slot, long absent = 0) => Place(slot, 8) is > 0 and var at ? document.Int64(at) : absent;

    public string Text(int slot) => Place(slot, 4) is > 0 and var at ? document.Text(at) : "";

    /// <summary>The table a field refers to, which must be there.</summary>
    public FlatTable Table(int slot, string name) => Place(slot, 4) is > 0 and var at
        ? document.Table(at)
        : throw new InvalidDataException($"its metadata has no {name}");

    /// <summary>The vector a field refers to; empty where the field is not there.</summary>
    public FlatVector Vector(int slot, int elementSize) =>
        Place(slot, 4) is > 0 and var at ? document.Vector(at, elementSize) : default;

    /// <summary>Where a field lies; 0 where it is not there.</summary>
    int Place(int slot, int size)
    {
        var entry = 4 + (2 * slot);
        if (entry + 2 > placesLength)
            return 0;
        var offset = document.UInt16(places + entry);
        if (offset == 0)
            return 0;
        if (offset < 4 || offset + size > length)
            throw new InvalidDataException("a field of its metadata lies outside its table");
        return start + offset;
    }
}
