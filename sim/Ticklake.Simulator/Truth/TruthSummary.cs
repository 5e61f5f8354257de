using System.Text.Json;

namespace Ticklake.Simulator.Truth;

/// <summary>Writes the totals of a run as one JSON object.</summary>
static class TruthSummary
{
    public static void Write(
        Utf8JsonWriter json,
        IEnumerable<TruthConnection> connections,
        IEnumerable<TruthStream> streams,
        IEnumerable<TruthFault> faults,
        IReadOnlyDictionary<string, long> restRows,
        IReadOnlyList<TruthRequests> requests)
    {
        json.WriteStartObject();
        WriteStreams(json, streams.OrderBy(s => s.Exchange, StringComparer.Ordinal)
            .ThenBy(s => s.Name, StringComparer.Ordinal));
        WriteConnections(json, connections);
        WriteClients(json, connections, requests);
        WriteFaults(json, faults);
        json.WriteStartObject("rest_rows");
        foreach (var (path, rows) in restRows)
            json.WriteNumber(path, rows);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteStreams(Utf8JsonWriter json, IEnumerable<TruthStream> streams)
    {
        json.WriteStartArray("streams");
        foreach (var stream in streams)
        {
            json.WriteStartObject();
            json.WriteString("exchange", stream.Exchange);
            json.WriteString("stream", stream.Name);
            json.WriteString("table", stream.Table);
            json.WriteString("symbol", stream.Symbol);
            json.WriteNumber("frames", stream.Frames);
            json.WriteNumber("rows", stream.Rows);
            json.WriteNumber("snapshots", stream.Snapshots);
            json.WriteNumber("heartbeats", stream.Heartbeats);
            json.WriteNumber("checksums", stream.Checksums);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteConnections(Utf8JsonWriter json, IEnumerable<TruthConnection> connections)
    {
        json.WriteStartArray("connections");
        foreach (var connection in connections)
        {
            json.WriteStartObject();
            json.WriteNumber("conn", connection.Ordinal);
            json.WriteString("exchange", connection.Exchange);
            json.WriteString("address", connection.Address);
            json.WriteNumber("frames", connection.Frames);
            json.WriteNumber("written", connection.Written);
            json.WriteString("closed", connection.Closed);
            json.WriteStartObject("streams");
            foreach (var (stream, frames) in connection.FramesByStream)
                json.WriteNumber(stream, frames);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Who came to each venue, from which address and how often.</summary>
    static void WriteClients(
        Utf8JsonWriter json, IEnumerable<TruthConnection> connections, IReadOnlyList<TruthRequests> requests)
    {
        var opened = connections.CountBy(c => (c.Exchange, c.Address)).ToDictionary();
        json.WriteStartArray("clients");
        foreach (var client in opened.Keys.Union(requests.Select(r => (r.Exchange, r.Address))).Order())
        {
            var asked = requests.Where(r => (r.Exchange, r.Address) == client).ToList();
            json.WriteStartObject();
            json.WriteString("exchange", client.Exchange);
            json.WriteString("address", client.Address);
            json.WriteNumber("connections", opened.GetValueOrDefault(client));
            json.WriteNumber("requests", asked.Sum(r => r.Count));
            json.WriteNumber("refused", asked.Sum(r => r.Refused));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteFaults(Utf8JsonWriter json, IEnumerable<TruthFault> faults)
    {
        json.WriteStartArray("faults");
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteNumber("fault", fault.Fault);
            json.WriteString("kind", fault.Kind);
            json.WriteString("stream", fault.Stream);
            json.WriteNumber("conn", fault.Connection);
            json.WriteNumber("visible", fault.VisibleFrame);
            json.WriteString("detail", fault.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
