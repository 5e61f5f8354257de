using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary><c>forever</c> (null) or a duration within bounds.</summary>
sealed class RetentionForm(TimeSpan min) : ScalarForm<TimeSpan?>
{
    const string Forever = "forever";

    public override string Allowed => $"{Forever}, or a duration from {DurationForm.Text(min)}, such as 7d";

    public override JsonObject Schema => Pattern($"{Forever}|{DurationForm.Shape}");

    protected override bool TryRead(string text, out TimeSpan? value)
    {
        value = null;
        if (text == Forever)
            return true;
        if (!DurationForm.TryParse(text, out var duration) || duration < min)
            return false;
        value = duration;
        return true;
    }

    public override string Write(TimeSpan? value) => value is null ? Forever : DurationForm.Text(value.Value);
}
