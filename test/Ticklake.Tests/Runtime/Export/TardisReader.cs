using System.Globalization;

namespace Ticklake.Tests.Runtime.Export;

/// <summary>Keeps a book from <c>incremental_book_L2</c> as docs.tardis.dev describes it, knowing nothing of how it was written.</summary>
sealed class TardisReader
{
    readonly Dictionary<(string Side, decimal Price), decimal> _levels = [];
    bool _wasSnapshot;

    public int Blocks { get; private set; }

    public void Read(string line)
    {
        var cells = line.Split(',');
        var isSnapshot = cells[4] == "true";
        if (isSnapshot && !_wasSnapshot)
        {
            _levels.Clear();
            Blocks++;
        }

        _wasSnapshot = isSnapshot;
        var key = (cells[5], decimal.Parse(cells[6], CultureInfo.InvariantCulture));
        var amount = decimal.Parse(cells[7], CultureInfo.InvariantCulture);
        if (amount == 0)
            _levels.Remove(key);
        else
            _levels[key] = amount;
    }

    /// <summary>From the best price on.</summary>
    public List<(decimal Price, decimal Amount)> Side(string side) =>
    [
        .. _levels.Where(l => l.Key.Side == side).OrderBy(l => side == "bid" ? -l.Key.Price : l.Key.Price)
            .Select(l => (l.Key.Price, l.Value)),
    ];
}
