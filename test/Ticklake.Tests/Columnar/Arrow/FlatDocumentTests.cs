using Shouldly;
using Ticklake.Columnar.Arrow.Flat;
using Xunit;

namespace Ticklake.Tests.Columnar.Arrow;

public sealed class FlatDocumentTests
{
    [Fact]
    public void What_is_built_is_read()
    {
        var root = new FlatDocument(Build()).Root;
        root.Int16(0).ShouldBe((short)-3);
        root.Int64(1).ShouldBe(long.MinValue);
        root.Byte(2).ShouldBe((byte)200);
        root.Bool(3).ShouldBeTrue();
        root.Int32(9, 42).ShouldBe(42);
        root.Text(5).ShouldBe("äöü");
        var children = root.Vector(4, 4);
        children.Count.ShouldBe(3);
        for (var i = 0; i < 3; i++)
            children.Table(i).Int32(0).ShouldBe(i * 100);
        var structs = root.Vector(6, 16);
        structs.Count.ShouldBe(2);
        structs.Word(24).ShouldBe(4);
        root.Vector(8, 4).Count.ShouldBe(0);
        root.Has(8).ShouldBeFalse();
    }

    [Fact]
    public void Every_value_lies_at_a_multiple_of_its_size()
    {
        var bytes = Build();
        (bytes.AsSpan().IndexOf(BitConverter.GetBytes(long.MinValue)) % 8).ShouldBe(0);
        (bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]) % 8).ShouldBe(0);
        (bytes.Length % 8).ShouldBe(0);
    }

    [Fact]
    public void Texts_that_overlap_cannot_multiply()
    {
        var flat = new FlatBuilder();
        flat.Clear();
        var root = flat.Table(FlatField.Reference(0));
        var vector = flat.References(10);
        flat.Link(root, 0, vector);
        var tables = Enumerable.Range(0, 10).Select(_ => flat.Table(FlatField.Reference(0))).ToList();
        var text = flat.Text(new string('x', 1000));
        for (var i = 0; i < tables.Count; i++)
        {
            flat.LinkElement(vector, i, tables[i]);
            flat.Link(tables[i], 0, text);
        }

        var read = new FlatDocument(flat.Written.ToArray()).Root.Vector(0, 4);
        read.Table(0).Text(0).Length.ShouldBe(1000);
        Should.Throw<InvalidDataException>(() => Enumerable.Range(1, 9).Select(i => read.Table(i).Text(0)).ToList());
    }

    static byte[] Build()
    {
        var flat = new FlatBuilder();
        flat.Clear();
        var root = flat.Table(
            FlatField.Int16(0, -3),
            FlatField.Int64(1, long.MinValue),
            FlatField.Byte(2, 200),
            FlatField.Bool(3, true),
            FlatField.Reference(4),
            FlatField.Reference(5),
            FlatField.Reference(6));
        var children = flat.References(3);
        flat.Link(root, 4, children);
        for (var i = 0; i < 3; i++)
            flat.LinkElement(children, i, flat.Table(FlatField.Int32(0, i * 100)));
        flat.Link(root, 5, flat.Text("äöü"));
        flat.Link(root, 6, flat.Structs(2));
        for (var i = 1; i <= 4; i++)
            flat.Word(i);
        return flat.Written.ToArray();
    }
}
