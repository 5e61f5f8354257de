using Microsoft.Extensions.Logging;

namespace Ticklake.Runtime.Telemetry;

/// <summary>Everything the runtime says, with stable ids. Nothing here is written per event.</summary>
static partial class LogMessages
{
    [LoggerMessage(100, LogLevel.Information, "{Market} connection {Ordinal}: connected to {Url} as {ConnId}, {Streams} streams")]
    public static partial void Connected(ILogger log, string market, int ordinal, string url, string connId, int streams);

    [LoggerMessage(101, LogLevel.Warning, "{Market} connection {Ordinal}: {Reason}; trying again in {Delay}")]
    public static partial void ConnectionLost(ILogger log, string market, int ordinal, string reason, TimeSpan delay);

    [LoggerMessage(102, LogLevel.Information, "{Market} connection {Ordinal}: closed ({Reason})")]
    public static partial void Closed(ILogger log, string market, int ordinal, string reason);

    [LoggerMessage(103, LogLevel.Information, "{Market} connection {Ordinal}: replacing {ConnId} ({Reason})")]
    public static partial void Rotating(ILogger log, string market, int ordinal, string connId, string reason);

    [LoggerMessage(104, LogLevel.Warning, "{Market}: {Stream} was acknowledged but has delivered nothing for {Seconds} s")]
    public static partial void StreamSilent(ILogger log, string market, string stream, int seconds);

    [LoggerMessage(105, LogLevel.Error, "{Market}: {Stream} was refused: {Fault}")]
    public static partial void StreamRefused(ILogger log, string market, string stream, string fault);

    [LoggerMessage(106, LogLevel.Warning, "{Market}: no sign of life of {Stream} for {Seconds} s; asking for it again")]
    public static partial void HeartbeatLost(ILogger log, string market, string stream, int seconds);

    [LoggerMessage(108, LogLevel.Warning, "{Market}: {Stream} has been silent for {Seconds} s while others deliver")]
    public static partial void StreamFellSilent(ILogger log, string market, string stream, int seconds);

    [LoggerMessage(109, LogLevel.Warning, "{Market} connection {Ordinal}: the replacement {ConnId} is given up ({Reason}); {Kept} goes on")]
    public static partial void ReplacementDropped(ILogger log, string market, int ordinal, string connId, string reason, string kept);

    [LoggerMessage(107, LogLevel.Warning, "{Market} {Stream}: {Kind}: expected {Expected}, saw {Seen} ({Rule}) at {File}:{Line}")]
    public static partial void Finding(
        ILogger log, string market, string stream, string kind, string expected, string seen, string rule, string file, long line);

    [LoggerMessage(110, LogLevel.Warning, "A request could not be answered ({Path}){Through}: {Fault}")]
    public static partial void SnapshotFailed(ILogger log, string path, string through, string fault);

    [LoggerMessage(111, LogLevel.Warning, "{Host} answers {Status}: asking nothing for {Block}")]
    public static partial void RateLimited(ILogger log, string host, int status, TimeSpan block);

    [LoggerMessage(112, LogLevel.Warning, "{Market}: the book of {Stream} has failed {Failures} times in a row ({Reason}); next attempt in {Pause}")]
    public static partial void ResyncFailing(ILogger log, string market, string stream, int failures, string reason, TimeSpan pause);

    [LoggerMessage(113, LogLevel.Warning, "{Budget}: the exchange refused us before this start; asking nothing for {Block}")]
    public static partial void StillBlocked(ILogger log, string budget, TimeSpan block);

    [LoggerMessage(114, LogLevel.Warning, "{Path} cannot be read ({Fault}): what was asked of the exchanges before this start is not known")]
    public static partial void BudgetsUnreadable(ILogger log, string path, string fault);

    [LoggerMessage(115, LogLevel.Warning, "{Path} cannot be written ({Fault}): a restart will not know what was asked of the exchanges")]
    public static partial void BudgetsNotKept(ILogger log, string path, string fault);

    [LoggerMessage(120, LogLevel.Error, "{What}")]
    public static partial void JournalFaulted(ILogger log, string what);

    [LoggerMessage(121, LogLevel.Information, "The journal can be written again.")]
    public static partial void JournalRecovered(ILogger log);

    [LoggerMessage(122, LogLevel.Error, "A segment could not be written: {What} Recording goes on; the rows will be made again from the journal.")]
    public static partial void StoreFaulted(ILogger log, string what);

    [LoggerMessage(123, LogLevel.Warning, "The segments are written too slowly. Nothing is lost: rows that cannot wait are made again from the journal once their session has ended.")]
    public static partial void StoreBehind(ILogger log);

    [LoggerMessage(124, LogLevel.Information, "Caught up: {Rows} rows of {Sessions} ended sessions made again from the journal")]
    public static partial void CaughtUp(ILogger log, long rows, int sessions);

    [LoggerMessage(130, LogLevel.Information, "Recovery: {Sessions} sessions were not finished; {Rows} rows made again from the journal")]
    public static partial void Recovered(ILogger log, int sessions, long rows);

    [LoggerMessage(131, LogLevel.Information, "Sealed {Segments} segments")]
    public static partial void Sealed(ILogger log, int segments);

    [LoggerMessage(132, LogLevel.Warning, "A journal is damaged: {Where}")]
    public static partial void JournalDamaged(ILogger log, string where);

    [LoggerMessage(133, LogLevel.Warning, "{File} was never sealed; it was set aside and its rows are made again from the journal")]
    public static partial void Unsealed(ILogger log, string file);

    [LoggerMessage(135, LogLevel.Information, "{File} was deleted, as its time or the disk demanded; its rows are sealed")]
    public static partial void JournalDropped(ILogger log, string file);

    [LoggerMessage(134, LogLevel.Information, "{Segments} segments with {Rows} rows were given up ({Reason})")]
    public static partial void SegmentsRetired(ILogger log, int segments, long rows, string reason);

    [LoggerMessage(153, LogLevel.Warning, "{Free} bytes of the disk are free, {Reserve} should be; what is left out: {Level}")]
    public static partial void ThriftChanged(ILogger log, long free, long reserve, string level);

    [LoggerMessage(138, LogLevel.Information, "{Merged} small segments became {Made}, {Rows} rows")]
    public static partial void Compacted(ILogger log, long merged, long made, long rows);

    [LoggerMessage(139, LogLevel.Warning, "Small segments were not merged: {Fault}")]
    public static partial void NotMerged(ILogger log, string fault);

    [LoggerMessage(136, LogLevel.Warning, "Both books of a drift could not be written to {Folder} ({Fault}); the journal has them")]
    public static partial void PostMortemFailed(ILogger log, string folder, string fault);

    [LoggerMessage(137, LogLevel.Information, "{Market}: {Streams} order books are asked for by REST at {Address} ({ConnId})")]
    public static partial void Polling(ILogger log, string market, int streams, string address, string connId);

    [LoggerMessage(140, LogLevel.Information, "{Market}: the exchange lists {Count} instruments; {Changes} of them new, changed or gone")]
    public static partial void InstrumentsRead(ILogger log, string market, int count, int changes);

    [LoggerMessage(141, LogLevel.Warning, "{Market}: the exchange's list of instruments could not be read ({Fault}); recording goes on with what is known")]
    public static partial void InstrumentsFailed(ILogger log, string market, string fault);

    [LoggerMessage(143, LogLevel.Information, "{Market}: {Rule} selects {Count} symbols: {Symbols}")]
    public static partial void Selected(ILogger log, string market, string rule, int count, string symbols);

    [LoggerMessage(144, LogLevel.Warning, "{Market}: {Rule} selects nothing")]
    public static partial void SelectedNothing(ILogger log, string market, string rule);

    [LoggerMessage(149, LogLevel.Warning, "{Market}: {Count} selected symbols have streams that are made from their books, but no books: {Symbols}")]
    public static partial void SelectedWithoutBooks(ILogger log, string market, int count, string symbols);

    [LoggerMessage(145, LogLevel.Error, "{Market}: {Rule}: {Fault}")]
    public static partial void SelectionFailed(ILogger log, string market, string rule, string fault);

    [LoggerMessage(146, LogLevel.Warning, "{Market}: the list of instruments is that of {ReadAt}; rules select from it until a new one can be read")]
    public static partial void SelectingFromOld(ILogger log, string market, DateTimeOffset readAt);

    [LoggerMessage(147, LogLevel.Warning, "{Market}: the volumes of 24 hours could not be read ({Fault})")]
    public static partial void VolumesFailed(ILogger log, string market, string fault);

    [LoggerMessage(148, LogLevel.Information, "{Market}: {Added} streams are recorded from now on, {GivenUp} are given up")]
    public static partial void StreamsChanged(ILogger log, string market, int added, int givenUp);

    [LoggerMessage(150, LogLevel.Warning, "{Market}: the exchange's clock is {Offset:0.###} ms ahead of ours, give or take {Uncertainty:0.###} ms ({Source}); is this machine's clock kept right?")]
    public static partial void ClockOffset(ILogger log, string market, double offset, double uncertainty, string source);

    [LoggerMessage(151, LogLevel.Warning, "{Market}: the exchange's clock could not be read ({Source})")]
    public static partial void ClockUnknown(ILogger log, string market, string source);

    [LoggerMessage(152, LogLevel.Warning, "{Market}: this machine's clock has jumped by {Step:0.###} ms")]
    public static partial void ClockStepped(ILogger log, string market, double step);

    [LoggerMessage(142, LogLevel.Warning, "{Market}: the exchange does not list {Symbols}; look them up with: ticklake symbols --search")]
    public static partial void Unlisted(ILogger log, string market, string symbols);
}
