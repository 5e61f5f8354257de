namespace Ticklake.Runtime.Export.Tardis;

/// <summary>
/// Receive times as files of rising times can hold them: where the recorder's clock stepped back, or a replacement brought
/// what it had received earlier, the time before is written once more. Changing the order of rows would change what they say.
/// </summary>
sealed class LocalTime(ExportReport report)
{
    long _last = long.MinValue;

    public long Of(long recvUs)
    {
        if (recvUs < _last)
            report.TimesHeld++;
        return _last = Math.Max(_last, recvUs);
    }
}
