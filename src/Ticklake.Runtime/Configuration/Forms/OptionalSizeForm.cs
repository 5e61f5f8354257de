using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary><c>none</c> (null) or a number of bytes within bounds.</summary>
sealed class OptionalSizeForm(long min, long max) : ScalarForm<long?>
{
    const string None = "none";

    readonly SizeForm _size = new(min, max);

    public override string Allowed => $"{None}, or {_size.Allowed}";

    public override JsonObject Schema => Pattern($"{None}|{SizeForm.Shape}");

    protected override bool TryRead(string text, out long? value)
    {
        value = null;
        if (text == None)
            return true;
        if (!_size.TryParse(text, out var size))
            return false;
        value = size;
        return true;
    }

    public override string Write(long? value) => value is { } size ? _size.Write(size) : None;
}
