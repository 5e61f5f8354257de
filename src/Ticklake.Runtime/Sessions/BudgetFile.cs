using System.Text.Json;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// The file of what was spent of all budgets, by the wall clock. Whatever it holds, reading it never keeps a recorder from
/// starting, and never for longer than the exchanges themselves would.
/// </summary>
sealed class BudgetFile(string path)
{
    public const string Name = "budgets.json";

    // Binance's longest ban, and the longest of all that are documented (binance.md A6).
    static readonly TimeSpan LongestBlock = TimeSpan.FromDays(3);

    // The longest window that any exchange counts.
    static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(10);

    // Times are kept in steps of this, rounded up: the file stays small and errs on the safe side.
    const long StepMs = 250;
    const int MostWeight = 1_000_000;

    public string Path => path;

    /// <summary>What is still of interest; nothing, with a fault, where the file is damaged.</summary>
    public Dictionary<BudgetName, RateRecord> Read(DateTimeOffset now, out string? fault)
    {
        fault = null;
        var records = new Dictionary<BudgetName, RateRecord>();
        try
        {
            if (!File.Exists(path))
                return records;
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var written = document.RootElement.GetProperty("written").GetInt64();
            // Where the clock was set back since, no time counts as passed.
            var today = Math.Max(now.ToUnixTimeMilliseconds(), written);
            foreach (var budget in document.RootElement.GetProperty("budgets").EnumerateArray())
            {
                var name = new BudgetName(budget.GetProperty("counted").GetString() ?? "", budget.GetProperty("address").GetString() ?? "");
                records[name] = RecordOf(budget, today);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            fault = e.Message;
        }

        return records;
    }

    /// <summary>Replaces the file; returns why it could not, or null.</summary>
    public string? Write(IReadOnlyDictionary<BudgetName, RateRecord> records, DateTimeOffset now, bool isDurable)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                using (var json = new Utf8JsonWriter(file))
                    WriteAll(json, records, now.ToUnixTimeMilliseconds());
                if (isDurable)
                    file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    static RateRecord RecordOf(JsonElement budget, long today)
    {
        var spent = new List<(TimeSpan, int)>();
        foreach (var share in budget.GetProperty("spent").EnumerateArray())
        {
            // A time that has not come is that of a damaged file, or of a clock that was wrong: it counts from now.
            var age = Math.Max(0, today - share[0].GetInt64());
            spent.Add((Span(age, LongestWindow), Math.Clamp(share[1].GetInt32(), 0, MostWeight)));
        }

        var block = Math.Max(0, budget.GetProperty("blocked_until").GetInt64() - today);
        return new RateRecord(Span(block, LongestBlock), Math.Clamp(budget.GetProperty("open").GetInt32(), 0, MostWeight), spent);
    }

    static void WriteAll(Utf8JsonWriter json, IReadOnlyDictionary<BudgetName, RateRecord> records, long now)
    {
        json.WriteStartObject();
        json.WriteNumber("written", now);
        json.WriteStartArray("budgets");
        foreach (var (name, record) in records)
        {
            var spent = record.Spent.Where(s => s.Age < LongestWindow)
                .GroupBy(s => (((now - (long)s.Age.TotalMilliseconds) / StepMs) + 1) * StepMs)
                .Select(step => (At: Math.Min(step.Key, now), Weight: step.Sum(s => s.Weight))).ToList();
            if (spent.Count == 0 && record.Open == 0 && record.Blocked <= TimeSpan.Zero)
                continue;
            json.WriteStartObject();
            json.WriteString("counted", name.Counted);
            json.WriteString("address", name.Address);
            json.WriteNumber("blocked_until", record.Blocked > TimeSpan.Zero ? now + (long)record.Blocked.TotalMilliseconds + 1 : 0);
            json.WriteNumber("open", record.Open);
            json.WriteStartArray("spent");
            foreach (var (at, weight) in spent)
            {
                json.WriteStartArray();
                json.WriteNumberValue(at);
                json.WriteNumberValue(weight);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static TimeSpan Span(long milliseconds, TimeSpan most) =>
        milliseconds < most.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : most;
}
