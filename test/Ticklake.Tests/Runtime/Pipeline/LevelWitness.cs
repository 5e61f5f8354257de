using System.Text.Json;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>
/// What the levels and trades of a Bitfinex connection without counter show, worked out naively: the truth that the
/// recorder's findings are compared with.
/// </summary>
static class LevelWitness
{
    public static List<string> Findings(IReadOnlyList<string> messages)
    {
        var found = new List<string>();
        var book = new Dictionary<(string, bool), string>();
        var trades = new HashSet<long>();
        var confirmed = new HashSet<long>();
        var (bookId, isDoubted, hasBook, latest, last) = (0L, false, false, 0L, "");
        for (var i = 0; i < messages.Count; i++)
        {
            JsonElement root;
            try
            {
                root = JsonDocument.Parse(messages[i]).RootElement;
            }
            catch (JsonException)
            {
                found.Add($"quarantined {i + 1}");
                continue;
            }

            if (root.ValueKind == JsonValueKind.Object)
            {
                if (root.TryGetProperty("channel", out var channel) && channel.GetString() == "book")
                    bookId = root.GetProperty("chanId").GetInt64();
                continue;
            }

            if (root[1].ValueKind == JsonValueKind.String)
            {
                if (root[1].GetString() is not ("te" or "tu") || root[2].ValueKind != JsonValueKind.Array)
                    continue;
                var id = root[2][0].GetInt64();
                var isNew = trades.Add(id);
                if (root[1].GetString() == "te" && !isNew || root[1].GetString() == "tu" && !confirmed.Add(id))
                    found.Add($"duplicate {i + 1} trades tBTCUSD");
                else if (root[1].GetString() == "tu" && isNew && root[2][1].GetInt64() > latest)
                    found.Add($"gap {i + 1} trades tBTCUSD");
                continue;
            }

            if (root[0].GetInt64() != bookId)
            {
                foreach (var trade in root[1].EnumerateArray())
                {
                    trades.Add(trade[0].GetInt64());
                    latest = Math.Max(latest, trade[1].GetInt64());
                }

                continue;
            }

            var isList = root[1][0].ValueKind == JsonValueKind.Array;
            if (isDoubted)
                continue;
            if (messages[i] == last)
            {
                found.Add($"duplicate {i + 1} books_len100 tBTCUSD");
                continue;
            }

            last = messages[i];
            var wrong = !hasBook && !isList;
            foreach (var level in isList ? root[1].EnumerateArray().ToArray() : [root[1]])
            {
                var key = (level[0].GetRawText(), level[2].GetDouble() > 0);
                if (level[1].GetInt32() == 0)
                    wrong |= !book.Remove(key);
                else
                {
                    wrong |= book.TryGetValue(key, out var known) && known == level.GetRawText();
                    book[key] = level.GetRawText();
                }
            }

            hasBook = true;
            wrong |= book.Keys.Count(x => x.Item2) > 100 || book.Keys.Count(x => !x.Item2) > 100;
            if (!wrong)
                continue;
            isDoubted = true;
            found.Add($"gap {i + 1} books_len100 tBTCUSD");
        }

        return found;
    }
}
