using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary><c>hour</c>, <c>day</c> or an age within bounds.</summary>
sealed class RotationForm(TimeSpan min, TimeSpan max) : ScalarForm<SegmentRotation?>
{
    const string Hour = "hour";
    const string Day = "day";

    public override string Allowed =>
        $"{Hour}, {Day}, or a duration from {DurationForm.Text(min)} to {DurationForm.Text(max)}";

    public override JsonObject Schema => Pattern($"{Hour}|{Day}|{DurationForm.Shape}");

    protected override bool TryRead(string text, out SegmentRotation? value)
    {
        value = text switch
        {
            Hour => SegmentRotation.Hour,
            Day => SegmentRotation.Day,
            _ => DurationForm.TryParse(text, out var age) && age >= min && age <= max ? SegmentRotation.AtAge(age) : null,
        };
        return value is not null;
    }

    public override string Write(SegmentRotation? value) =>
        value == SegmentRotation.Hour ? Hour
        : value == SegmentRotation.Day ? Day
        : DurationForm.Text(value?.Period ?? TimeSpan.Zero);
}
