using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary><c>hour</c>, <c>day</c> or another duration within bounds.</summary>
sealed class RotationForm(TimeSpan min, TimeSpan max) : ScalarForm<TimeSpan>
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public override string Allowed =>
        $"hour, day, or a duration from {DurationForm.Text(min)} to {DurationForm.Text(max)}";

    public override JsonObject Schema => Pattern($"hour|day|{DurationForm.Shape}");

    protected override bool TryRead(string text, out TimeSpan value)
    {
        value = text == "hour" ? Hour : Day;
        return text is "hour" or "day" || (DurationForm.TryParse(text, out value) && value >= min && value <= max);
    }

    public override string Write(TimeSpan value) =>
        value == Hour ? "hour" : value == Day ? "day" : DurationForm.Text(value);
}
