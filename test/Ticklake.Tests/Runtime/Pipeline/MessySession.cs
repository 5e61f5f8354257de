using Shouldly;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Tables;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>A session into which frames get that no exchange sent, and what must hold of its rows all the same.</summary>
sealed class MessySession(string exchange, StreamStates states, int number, long time = 1000)
{
    readonly long _begun = time;

    public PipelineRig Rig { get; } = new(exchange, states, conn: $"m{number}", time: time);

    public int Number { get; } = number;

    /// <summary>Ends the session: every row leads to the line that it came from, and has a number of its own.</summary>
    public void End(string seed)
    {
        Rig.End();
        var ids = new HashSet<long>();
        foreach (var batch in Rig.Batches)
        {
            batch.Header.SourceFile.ShouldBe($"m{Number}-1");
            var cells = new RowCells(TableSchemas.Of(batch.Header.Stream.Channel));
            cells.Add(batch);
            var (lines, recv, ingest) = (cells["line_no"], cells["recv_ts"], cells["ingest_id"]);
            for (var row = 0; row < cells.Rows; row++)
            {
                var isTraceable = lines[row] >= 1 && lines[row] <= Rig.Line && recv[row] == (_begun + lines[row]) * 1000
                    && ingest[row] >> RowStamp.RowBits == lines[row] && ids.Add(ingest[row]);
                isTraceable.ShouldBeTrue($"{seed}: {batch.Header.Stream} row {row}, line {lines[row]}, id {ingest[row]}");
            }
        }
    }
}
