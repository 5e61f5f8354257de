using System.Text.Json;
using System.Text.Json.Serialization;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Faults;

/// <summary>
/// The faults of a run. Armed from any thread, by code, a spec file or <c>POST /sim/faults</c>; asked by connections
/// and
/// REST endpoints with the timeline's gate held.
/// </summary>
public sealed class FaultBoard
{
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    readonly Timeline _timeline;
    readonly List<ArmedFault> _armed = [];

    internal FaultBoard(Timeline timeline) => _timeline = timeline;

    /// <summary>A connection fault's time has come.</summary>
    internal event Action<ArmedFault>? Due;

    public ArmedFault Arm(FaultSpec spec)
    {
        lock (_timeline.Gate)
        {
            var fault = new ArmedFault(_armed.Count + 1, spec, _timeline.NowUs + (spec.AfterMs * 1000));
            _armed.Add(fault);
            if (spec.StrikesByTime)
                _timeline.At(fault.FromUs, () => Strike(fault));
            return fault;
        }
    }

    /// <summary>
    /// Arms what a JSON array (or one object) of faults says, keys in snake case:
    /// <c>[{"kind":"drop","stream":"trades:tBTCUSD","after_messages":10}]</c>.
    /// </summary>
    /// <exception cref="JsonException">The text is no such JSON or has an unknown key or kind.</exception>
    public IReadOnlyList<ArmedFault> ArmJson(string json)
    {
        var specs = json.AsSpan().TrimStart().StartsWith("[")
            ? JsonSerializer.Deserialize<FaultSpec[]>(json, Json)!
            : [JsonSerializer.Deserialize<FaultSpec>(json, Json)!];
        return [.. specs.Select(Arm)];
    }

    /// <summary>The fault that strikes at this frame, if any.</summary>
    internal ArmedFault? AtFrame(string exchange, int connection, OutgoingFrame frame)
    {
        foreach (var fault in _armed)
        {
            var spec = fault.Spec;
            if (spec.IsForRest || spec.IsForSubscription || spec.Kind == FaultKind.RefuseConnection
                || spec.StrikesByTime)
                continue;
            if (frame.Kind == FrameKind.Control
                || (spec.Kind == FaultKind.ChecksumFlip) != (frame.Kind == FrameKind.Checksum))
                continue;
            if (frame.Kind == FrameKind.Heartbeat && spec.Stream is not null)
                continue;
            if (spec.Fits(exchange, frame.Stream?.Name, connection) && fault.Strikes(_timeline.NowUs))
                return fault;
        }

        return null;
    }

    internal ArmedFault? AtSubscription(string exchange, int connection, string stream, FaultKind kind) => First(
        f => f.Spec.Kind == kind && f.Spec.Fits(exchange, stream, connection));

    internal ArmedFault? AtRequest(string exchange, string path) => First(
        f => f.Spec.Kind is FaultKind.RateLimit or FaultKind.Ban && f.Spec.Fits(exchange, path, 0));

    /// <summary>A REST book is asked for; the fault names the symbol as its stream.</summary>
    internal ArmedFault? AtBook(string exchange, string symbol, FaultKind kind = FaultKind.StaleSnapshot) => First(
        f => f.Spec.Kind == kind && f.Spec.Fits(exchange, symbol, 0));

    internal ArmedFault? AtConnect(string exchange) => First(
        f => f.Spec.Kind == FaultKind.RefuseConnection && f.Spec.Fits(exchange, null, 0));

    ArmedFault? First(Predicate<ArmedFault> fits) => _armed.Find(f => fits(f) && f.Strikes(_timeline.NowUs));

    void Strike(ArmedFault fault)
    {
        if (fault.Strikes(_timeline.NowUs))
            Due?.Invoke(fault);
    }
}
