using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Truth;

/// <summary>
/// What the simulator really sent: the judge of every test. Appended to by the simulated exchanges, queried from any
/// thread; one lock guards it.
/// </summary>
public sealed class TruthLog : IDisposable
{
    // Bounds the memory of long runs; the file has all of them.
    const int RememberedFrames = 1_000_000;

    readonly Lock _gate = new();
    readonly TruthDetail _detail;
    readonly Timeline _timeline;
    readonly TruthFile _file;
    readonly Dictionary<(string Exchange, string Name), TruthStream> _streams = [];
    readonly List<TruthConnection> _connections = [];
    readonly List<TruthFrame> _frames = [];
    readonly List<TruthFault> _faults = [];
    readonly SortedDictionary<string, long> _restRows = new(StringComparer.Ordinal);
    readonly Dictionary<(string Exchange, string Address, string Subject), (long Count, long Refused)> _requests = [];
    TaskCompletionSource? _allClosed;
    int _open;

    internal TruthLog(string? path, TruthDetail detail, Timeline timeline)
    {
        _detail = detail;
        _timeline = timeline;
        _file = new(path);
    }

    public IReadOnlyList<TruthStream> Streams => Read(() => _streams.Values.ToArray());

    public IReadOnlyList<TruthConnection> Connections => Read(() => _connections.ToArray());

    public IReadOnlyList<TruthFault> Faults => Read(() => _faults.ToArray());

    /// <summary>REST requests by venue, client address and subject.</summary>
    public IReadOnlyList<TruthRequests> Requests => Read(ListRequests);

    /// <summary>The frames of one connection in order; empty when only counts are kept.</summary>
    public IReadOnlyList<TruthFrame> Frames(int connection) =>
        Read(() => _frames.Where(f => f.Connection == connection).ToArray());

    /// <summary>The stream of that name, or null where nobody ever subscribed to it.</summary>
    public TruthStream? Stream(string exchange, string name) =>
        Read(() => _streams.GetValueOrDefault((exchange, name)));

    /// <summary>The distinct trades of a stream by id, safe to keep.</summary>
    public IReadOnlyList<TruthTrade> Trades(string exchange, string name) =>
        Read(() => _streams.GetValueOrDefault((exchange, name))?.Trades.Values.OrderBy(t => t.Id).ToArray() ?? []);

    /// <summary>The answer of <c>GET /sim/truth</c>.</summary>
    public void WriteSummary(Utf8JsonWriter json)
    {
        lock (_gate)
            TruthSummary.Write(json, _connections, _streams.Values, _faults, _restRows, ListRequests());
    }

    public void Flush()
    {
        lock (_gate)
            _file.Flush();
    }

    public void Dispose()
    {
        lock (_gate)
            _file.Dispose();
    }

    /// <summary>Completes when the end of every connection is logged.</summary>
    internal Task AllClosedAsync()
    {
        lock (_gate)
        {
            if (_open == 0)
                return Task.CompletedTask;
            _allClosed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _allClosed.Task;
        }
    }

    internal TruthStream GetOrAddStream(string exchange, string name, string table, string symbol)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue((exchange, name), out var stream))
                _streams.Add((exchange, name), stream = new(exchange, name, table, symbol));
            return stream;
        }
    }

    internal TruthConnection Open(string exchange, string path, string address)
    {
        lock (_gate)
        {
            var connection = new TruthConnection(_connections.Count + 1, exchange, address);
            _connections.Add(connection);
            _open++;
            Line("open", json =>
            {
                json.WriteNumber("conn", connection.Ordinal);
                json.WriteString("exchange", exchange);
                json.WriteString("path", path);
                json.WriteString("address", address);
            });
            return connection;
        }
    }

    internal void Close(TruthConnection connection, long written, string reason)
    {
        lock (_gate)
        {
            if (--_open == 0)
                _allClosed?.TrySetResult();
            connection.Written = written;
            connection.Closed = reason;
            Line("close", json =>
            {
                json.WriteNumber("conn", connection.Ordinal);
                json.WriteNumber("frames", connection.Frames);
                json.WriteNumber("written", written);
                json.WriteString("reason", reason);
            });
        }
    }

    internal void Subscription(TruthConnection connection, string what, string stream)
    {
        lock (_gate)
        {
            Line(what, json =>
            {
                json.WriteNumber("conn", connection.Ordinal);
                json.WriteString("stream", stream);
                json.WriteNumber("after", connection.Frames);
            });
        }
    }

    /// <summary>Takes note of one frame; its ordinal in the connection.</summary>
    internal long Frame(TruthConnection connection, OutgoingFrame frame, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            var ordinal = ++connection.Frames;
            frame.Stream?.Add(frame.Kind, frame.Rows, frame.Trades);
            if (frame.Stream is { } stream)
                connection.FramesByStream[stream.Name] = connection.FramesByStream.GetValueOrDefault(stream.Name) + 1;
            if (_detail != TruthDetail.Count)
                Remember(connection, frame, ordinal, payload);
            return ordinal;
        }
    }

    /// <summary>Takes note of many frames of a load test at once.</summary>
    internal void Run(TruthConnection connection, TruthStream stream, long frames, long rows, long checksums)
    {
        lock (_gate)
        {
            connection.Frames += frames;
            connection.FramesByStream[stream.Name] = connection.FramesByStream.GetValueOrDefault(stream.Name) + frames;
            stream.AddRun(frames, rows, checksums);
        }
    }

    internal void Answer(string exchange, string address, string path, int status, int rows)
    {
        lock (_gate)
        {
            var asked = _requests.GetValueOrDefault((exchange, address, path));
            _requests[(exchange, address, path)] = (asked.Count + 1, asked.Refused + (status is 429 or 418 or 403 ? 1 : 0));
            if (rows > 0)
                _restRows[exchange + " " + path] = _restRows.GetValueOrDefault(exchange + " " + path) + rows;
            Line("rest", json =>
            {
                json.WriteString("exchange", exchange);
                json.WriteString("path", path);
                json.WriteString("address", address);
                json.WriteNumber("status", status);
                json.WriteNumber("rows", rows);
            });
        }
    }

    internal void Fault(TruthFault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
            Line("fault", json =>
            {
                json.WriteNumber("fault", fault.Fault);
                json.WriteString("kind", fault.Kind);
                json.WriteString("stream", fault.Stream);
                json.WriteNumber("conn", fault.Connection);
                json.WriteNumber("visible", fault.VisibleFrame);
                json.WriteString("detail", fault.Detail);
            });
        }
    }

    void Remember(TruthConnection connection, OutgoingFrame frame, long ordinal, ReadOnlySpan<byte> payload)
    {
        var isWhole = _detail == TruthDetail.Full && payload.Length < 1_000_000;
        var text = !isWhole ? null : frame.IsBinary ? Convert.ToBase64String(payload) : Encoding.UTF8.GetString(payload);
        var hash = isWhole ? null : Convert.ToHexStringLower(Sha1(payload));
        var length = payload.Length;
        if (_frames.Count < RememberedFrames)
            _frames.Add(new(connection.Ordinal, ordinal, frame.Stream?.Name, frame.Kind, length, frame.Rows, text,
                hash));
        Line("frame", json =>
        {
            json.WriteNumber("conn", connection.Ordinal);
            json.WriteNumber("n", ordinal);
            json.WriteString("stream", frame.Stream?.Name);
            json.WriteString("kind", Name(frame.Kind));
            json.WriteNumber("rows", frame.Rows);
            json.WriteNumber("len", length);
            if (frame.IsBinary)
                json.WriteBoolean("binary", true);
            if (text is null)
                json.WriteString("sha1", hash);
            else
                json.WriteString("text", text);
        });
    }

    static string Name(FrameKind kind) => kind switch
    {
        FrameKind.Snapshot => "snapshot",
        FrameKind.Update => "update",
        FrameKind.Trade => "trade",
        FrameKind.TradeConfirmation => "confirmation",
        FrameKind.Heartbeat => "heartbeat",
        FrameKind.Checksum => "checksum",
        _ => "control",
    };

    // A fingerprint for comparing logs, not a safeguard.
#pragma warning disable CA5350
    static byte[] Sha1(ReadOnlySpan<byte> payload) => SHA1.HashData(payload);
#pragma warning restore CA5350

    void Line(string occurrence, Action<Utf8JsonWriter> fields) => _file.Line(occurrence, _timeline.NowUs, fields);

    TruthRequests[] ListRequests() =>
        [.. _requests.Select(r => new TruthRequests(r.Key.Exchange, r.Key.Address, r.Key.Subject, r.Value.Count, r.Value.Refused))];

    T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }
}
