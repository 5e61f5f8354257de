using System.Globalization;
using System.Text.Json;

namespace Ticklake.Exchanges;

/// <summary>Where an exchange tells its server's time, and how exactly: somewhere in [told, told + <see cref="Slack"/>].</summary>
/// <param name="Request">The request.</param>
/// <param name="Path">Members that lead to the time, elements of arrays by their index; empty: the answer's <c>Date</c> header.</param>
/// <param name="TicksPerUnit">Length of the unit it counts in.</param>
/// <param name="Slack">What its resolution may keep back.</param>
public sealed record ServerTimeSource(
    RestRequest Request, IReadOnlyList<string> Path, double TicksPerUnit, TimeSpan Slack)
{
    /// <summary>The source's name where it is the header.</summary>
    public const string DateHeader = "http date";

    public bool IsDateHeader => Path.Count == 0;

    /// <summary>As rows and the status name it.</summary>
    public string Name => IsDateHeader ? DateHeader : Request.PathAndQuery;

    public static ServerTimeSource Milliseconds(string path, params string[] members) =>
        new(new RestRequest(path, 1), members, TimeSpan.TicksPerMillisecond, TimeSpan.FromMilliseconds(1));

    public static ServerTimeSource Nanoseconds(string path, params string[] members) =>
        new(new RestRequest(path, 1), members, TimeSpan.TicksPerMicrosecond / 1000.0, TimeSpan.FromTicks(1));

    /// <summary>No request tells the time: the header of any small answer does, in whole seconds.</summary>
    public static ServerTimeSource Header(string path) => new(new RestRequest(path, 1), [], 0, TimeSpan.FromSeconds(1));

    /// <summary>The time that an answer's body tells, or null where it is not as documented.</summary>
    public DateTimeOffset? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var value = Path.Aggregate(document.RootElement, (item, name) => item.ValueKind == JsonValueKind.Array
                ? item[int.Parse(name, CultureInfo.InvariantCulture)]
                : item.GetProperty(name));
            var units = value.ValueKind == JsonValueKind.String
                ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture)
                : value.GetDecimal();
            return DateTimeOffset.UnixEpoch.AddTicks((long)(units * (decimal)TicksPerUnit));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or IndexOutOfRangeException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
