using System.Buffers;
using System.Text.Json;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Truth;

/// <summary>
/// The log's lines on disk: one JSON object each, appended in the order of events. Lines reach the operating system at
/// every <see cref="Flush"/> (each tick of the clock), so they outlive the client and nearly all of the simulator's own
/// death. Used under the log's lock.
/// </summary>
sealed class TruthFile : IDisposable
{
    FileStream? _file;
    readonly ArrayBufferWriter<byte> _line = new(512);
    readonly Utf8JsonWriter _json;

    public TruthFile(string? path)
    {
        _json = new(_line, JsonText.Compact);
        if (path is null)
            return;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, 256 * 1024);
    }

    public void Line(string occurrence, long timeUs, Action<Utf8JsonWriter> fields)
    {
        if (_file is null)
            return;
        _line.ResetWrittenCount();
        _json.Reset(_line);
        _json.WriteStartObject();
        _json.WriteString("e", occurrence);
        _json.WriteNumber("t", timeUs);
        fields(_json);
        _json.WriteEndObject();
        _json.Flush();
        _file.Write(_line.WrittenSpan);
        _file.WriteByte((byte)'\n');
    }

    public void Flush() => _file?.Flush();

    public void Dispose()
    {
        // A connection that outlives the log must not fail on it.
        _file?.Dispose();
        _file = null;
        _json.Dispose();
    }
}
