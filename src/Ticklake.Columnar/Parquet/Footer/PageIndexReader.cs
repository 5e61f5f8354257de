using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>Where one data page of a chunk lies, its header included, and which rows it has.</summary>
readonly record struct PagePlace(long Offset, int Size, RowRange Rows);

/// <summary>What a column index says of the pages of a chunk: which hold only nulls, else bounds in PLAIN form.</summary>
sealed record PageBoundsIndex(bool[] IsNullPage, byte[][] Min, byte[][] Max);

/// <summary>Reads offset and column indexes and refuses those that contradict the footer.</summary>
static class PageIndexReader
{
    public static PagePlace[] ReadOffsets(ReadOnlySpan<byte> bytes, ColumnChunkRecord chunk, int rows)
    {
        var thrift = new CompactReader(bytes);
        PagePlace[] places = [];
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
            {
                places = new PagePlace[thrift.ReadList(type, CompactType.Struct)];
                for (var i = 0; i < places.Length; i++)
                    places[i] = ReadPlace(ref thrift);
            }
            else
            {
                thrift.Skip(type);
            }
        }

        // A place was read with its first row alone; the next one says how many rows there are.
        for (var i = 0; i < places.Length; i++)
        {
            var first = places[i].Rows.First;
            var end = i + 1 < places.Length ? places[i + 1].Rows.First : rows;
            places[i] = places[i] with { Rows = new RowRange(first, end - first) };
        }

        Check(places, chunk, rows);
        return places;
    }

    public static PageBoundsIndex ReadBounds(ReadOnlySpan<byte> bytes)
    {
        var thrift = new CompactReader(bytes);
        bool[] isNull = [];
        byte[][] min = [], max = [];
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    isNull = thrift.ReadBools(type);
                    break;
                case 2:
                    min = ReadBinaries(ref thrift, type);
                    break;
                case 3:
                    max = ReadBinaries(ref thrift, type);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return min.Length == isNull.Length && max.Length == isNull.Length
            ? new PageBoundsIndex(isNull, min, max)
            : throw new InvalidDataException("its column index has lists of several lengths");
    }

    static void Check(PagePlace[] places, ColumnChunkRecord chunk, int rows)
    {
        var offset = chunk.FirstOffset;
        var end = chunk.FirstOffset + chunk.CompressedBytes;
        var row = 0;
        foreach (var place in places)
        {
            if (place.Size <= 0 || place.Offset < offset || place.Offset > end - place.Size)
                throw new InvalidDataException("its offset index names a page outside of the chunk");
            if (place.Rows.First != row || place.Rows.Count <= 0)
                throw new InvalidDataException("its offset index does not account for every row");
            offset = place.Offset + place.Size;
            row += place.Rows.Count;
        }

        if (row != rows)
            throw new InvalidDataException("its offset index does not account for every row");
    }

    static PagePlace ReadPlace(ref CompactReader thrift)
    {
        long offset = -1, row = -1;
        var size = 0;
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
                offset = thrift.ReadInt64(type);
            else if (field == 2)
                size = thrift.ReadInt32(type);
            else if (field == 3)
                row = thrift.ReadInt64(type);
            else
                thrift.Skip(type);
        }

        return row is >= 0 and <= int.MaxValue
            ? new PagePlace(offset, size, new RowRange((int)row, 0))
            : throw new InvalidDataException($"its offset index begins a page at row {row}");
    }

    static byte[][] ReadBinaries(ref CompactReader thrift, CompactType type)
    {
        var values = new byte[thrift.ReadList(type, CompactType.Binary)][];
        for (var i = 0; i < values.Length; i++)
            values[i] = thrift.ReadBinary(CompactType.Binary).ToArray();
        return values;
    }
}
