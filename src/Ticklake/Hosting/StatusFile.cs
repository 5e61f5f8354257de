using System.Text.Json;
using Ticklake.Commands;
using Ticklake.Runtime.Recording;

namespace Ticklake.Hosting;

/// <summary>
/// The recorder's status in its data folder, renewed every second: <c>ticklake status</c> reads it, and <c>flush</c> finds
/// the process by it.
/// </summary>
static class StatusFile
{
    public const string Name = "recorder.json";

    public static void Write(string dataDirectory, RecorderStatus status)
    {
        var path = Path.Combine(dataDirectory, Name);
        var temporary = path + ".tmp";
        try
        {
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(status, SharedOptions.Json));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk is the journal's to report; the next second may work.
        }
    }

    public static RecorderStatus? Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<RecorderStatus>(File.ReadAllBytes(path), SharedOptions.Json)
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }
}
