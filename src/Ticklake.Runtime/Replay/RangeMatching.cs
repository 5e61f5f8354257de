using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>Lines of a journal whose rows no segment holds.</summary>
sealed record MissingRows(string File, StreamKey Stream, long FirstLine, long LastLine, long Rows);

/// <summary>Gives each row that the journals yield to the range that claims its line, and keeps those that none claims.</summary>
sealed class RangeMatching(SealedRanges ranges)
{
    readonly Dictionary<(string File, StreamKey Stream), MissingRows> _open = [];
    readonly List<MissingRows> _missing = [];

    /// <summary>All runs of rows without a segment, once everything was taken.</summary>
    public IReadOnlyList<MissingRows> Missing => [.. _missing, .. _open.Values];

    public void Take(RowBatch batch)
    {
        var key = (batch.Header.SourceFile, batch.Header.Stream);
        var claims = ranges.Of(key.SourceFile, key.Stream);
        // By form of numbers: a stream's segments may differ in it.
        var hashes = new ulong[]?[Enum.GetValues<NumberForm>().Length];
        var lines = batch.Lines;
        var near = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (SealedRanges.Find(claims, lines[i], ref near) is { } range)
            {
                range.AddDerived((hashes[(int)range.Numbers] ??= DerivedRows.Hash(batch, range.Numbers))[i]);
                if (_open.Remove(key, out var ended))
                    _missing.Add(ended);
            }
            else
            {
                _open[key] = _open.TryGetValue(key, out var run)
                    ? run with { LastLine = lines[i], Rows = run.Rows + 1 }
                    : new MissingRows(key.SourceFile, key.Stream, lines[i], lines[i], 1);
            }
        }
    }
}
