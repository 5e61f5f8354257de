using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>The files of one kind and symbol, one a UTC day of receipt. One thread.</summary>
sealed class TardisTable(TardisType type, StreamKey stream, ExportRequest request, ExportFolder folder)
{
    readonly byte[] _heading = type.Heading;
    string _day = "";
    string _name = "";
    ExportFile? _file;

    public TardisType Type => type;

    public CsvLine Line { get; } = new(TardisNames.ExchangeOf(stream.Market), TardisNames.SymbolOf(stream));

    /// <summary>Files whose names rows of this time may need.</summary>
    public IEnumerable<string> NamesBetween(long firstUs, long lastUs)
    {
        const long DayUs = 86_400_000_000;
        for (var us = firstUs - (firstUs % DayUs); us <= lastUs; us += DayUs)
            yield return TardisNames.FileOf(type, stream, us);
    }

    /// <summary>Makes the file of this time the present one; true where it is a new one, false where the time is not wanted.</summary>
    public bool TryEnter(long localUs, out bool isNew)
    {
        isNew = false;
        if (!request.Includes(localUs))
            return false;
        var day = UtcText.Day(localUs);
        isNew = _file is null || day != _day;
        if (!isNew)
            return true;
        Finish();
        _day = day;
        _name = TardisNames.FileOf(type, stream, localUs);
        _file = folder.Open(_name, $"{type.Name} of {stream}");
        _file.WriteHeading(_heading);
        return true;
    }

    /// <summary>Writes <see cref="Line"/> into the file entered last.</summary>
    public void Write() => _file!.Write(Line.Ended);

    public void Finish()
    {
        if (_file is not null)
            folder.Finish(_name);
        _file = null;
    }
}
