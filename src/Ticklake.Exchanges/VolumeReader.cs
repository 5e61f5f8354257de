using System.Globalization;
using System.Text.Json;

namespace Ticklake.Exchanges;

/// <summary>
/// Reads the 24 h quote volumes of a market's symbols: ask for <see cref="Next"/>, give the answer to <see cref="Take"/>, until
/// there is no next request. No I/O; one reader for one reading. Volumes rank symbols and nothing else: doubles will do.
/// </summary>
public sealed class VolumeReader
{
    readonly VolumeRequest _volumes;
    readonly Dictionary<string, double> _found = new(StringComparer.Ordinal);
    int _rows;

    public VolumeReader(VolumeRequest volumes)
    {
        _volumes = volumes;
        Next = PageFrom(0);
    }

    /// <summary>The next request, or null when everything has been read.</summary>
    public RestRequest? Next { get; private set; }

    /// <summary>By symbol, in the quote currency.</summary>
    public IReadOnlyDictionary<string, double> Volumes => _found;

    /// <summary>Takes the body of a successful answer to <see cref="Next"/>; what is wrong with it, or null.</summary>
    public string? Take(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var rows = _volumes.Rows.Aggregate(document.RootElement, Member);
            foreach (var row in rows.EnumerateArray())
                TakeRow(row);
            _rows += rows.GetArrayLength();
            Next = rows.GetArrayLength() < _volumes.PageRows ? null : _volumes.PageRows == 0 ? null : PageFrom(_rows);
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or IndexOutOfRangeException)
        {
            return $"the list of volumes is not as documented ({Next?.PathAndQuery})";
        }
    }

    void TakeRow(JsonElement row)
    {
        var symbol = Member(row, _volumes.Symbol).GetString()!;
        if (!symbol.StartsWith(_volumes.SymbolPrefix, StringComparison.Ordinal))
            return;
        var volume = Number(row, _volumes.Volume);
        _found[symbol] = _volumes.Price is { } price ? volume * Number(row, price) : volume;
    }

    RestRequest PageFrom(int row)
    {
        var request = _volumes.Request;
        return _volumes.PageRows == 0
            ? request
            : request with
            {
                PathAndQuery = string.Create(
                    CultureInfo.InvariantCulture, $"{request.PathAndQuery}&limit={_volumes.PageRows}&offset={row}"),
            };
    }

    static JsonElement Member(JsonElement item, string name) => item.ValueKind == JsonValueKind.Array
        ? item[int.Parse(name, CultureInfo.InvariantCulture)]
        : item.GetProperty(name);

    // A symbol without trades has a volume of null or "" here and there.
    static double Number(JsonElement row, string name)
    {
        var value = Member(row, name);
        return value.ValueKind == JsonValueKind.Number ? value.GetDouble()
            : value.ValueKind == JsonValueKind.String && double.TryParse(
                value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
