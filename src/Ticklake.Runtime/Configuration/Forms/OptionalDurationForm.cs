using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary><c>off</c> (null) or a duration within bounds.</summary>
sealed class OptionalDurationForm(TimeSpan min, TimeSpan max) : ScalarForm<TimeSpan?>
{
    const string Off = "off";

    public override string Allowed =>
        $"{Off}, or a duration from {DurationForm.Text(min)} to {DurationForm.Text(max)}, such as 15m";

    public override JsonObject Schema => Pattern($"{Off}|{DurationForm.Shape}");

    protected override bool TryRead(string text, out TimeSpan? value)
    {
        value = null;
        if (text == Off)
            return true;
        if (!DurationForm.TryParse(text, out var duration) || duration < min || duration > max)
            return false;
        value = duration;
        return true;
    }

    public override string Write(TimeSpan? value) => value is null ? Off : DurationForm.Text(value.Value);
}
