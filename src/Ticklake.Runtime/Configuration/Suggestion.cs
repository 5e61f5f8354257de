namespace Ticklake.Runtime.Configuration;

/// <summary>Finds the name a person most likely meant.</summary>
static class Suggestion
{
    /// <summary><c>, did you mean 'x'?</c> where one of the names is near enough, else nothing.</summary>
    public static string For(string written, IEnumerable<string> names)
    {
        var nearest = names.Select(n => (Name: n, Edits: Edits(written, n))).OrderBy(c => c.Edits).FirstOrDefault();
        // Two slips in a short name, a third of a long one: more and the guess is noise.
        return nearest.Name is null || nearest.Edits > Math.Max(2, nearest.Name.Length / 3)
            ? ""
            : $", did you mean '{nearest.Name}'?";
    }

    /// <summary>Letters to insert, delete or exchange, ignoring case.</summary>
    static int Edits(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                var edits = Math.Min(diagonal + (same ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = edits;
            }
        }

        return row[^1];
    }
}
