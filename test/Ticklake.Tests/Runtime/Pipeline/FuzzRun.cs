using System.Buffers;
using System.Diagnostics;
using System.Text;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>
/// A recording through three pipelines: alone; among frames its decoder refuses; among frames that decode although nobody
/// sent them. Every bad frame goes into one of the last two.
/// </summary>
sealed class FuzzRun
{
    // No frame may take so long, not the largest on a busy machine.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Of the whole process: other tests run beside this one. Half a million frames kept would be more.
    const long MostMemory = 1L << 30;
    const int FramesOfASession = 2000;

    readonly IExchange _exchange;
    readonly FuzzPlan _plan;
    readonly PipelineRig _alone;
    readonly PipelineRig _among;
    readonly Dictionary<long, long> _lineOf = [];
    FuzzRows _aloneRows;
    FuzzRows _amongRows;
    MessySession _messy;
    IFrameDecoder _judge;
    int _judged;
    int _refused;
    int _accepted;

    public FuzzRun(FuzzPlan plan)
    {
        _plan = plan;
        _exchange = ExchangeCatalog.Find(plan.Exchange)!;
        (_alone, _among) = (new PipelineRig(plan.Exchange), new PipelineRig(plan.Exchange));
        (_aloneRows, _amongRows) = (new FuzzRows(), new FuzzRows());
        _messy = new MessySession(plan.Exchange, new StreamStates(_exchange), 0);
        _judge = NewJudge();
    }

    string Seed => $"seed {_plan.Seed}";

    /// <summary>Runs the plan and returns how many bad frames went into a pipeline.</summary>
    public int Run()
    {
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var random = new Random(_plan.Seed);
        using var hostile = _plan.Hostile.GetEnumerator();
        var good = _plan.Good;
        var bad = 0;
        for (var i = 0; i < good.Count; i++)
        {
            GiveToAll(good[i]);
            for (var due = (int)((long)_plan.BadFrames * (i + 1) / good.Count); bad < due; bad++)
                GiveBad(bad % 2 == 0 && hostile.MoveNext() ? hostile.Current : _plan.Mutated(random));
            if (i % 64 == 0)
                TakeRows();
            if (_accepted >= FramesOfASession)
                Heal(i);
        }

        while (hostile.MoveNext())
        {
            bad++;
            GiveBad(hostile.Current);
        }

        Compare();
        Heal(good.Count - 1);
        (_aloneRows, _amongRows) = (new FuzzRows(), new FuzzRows());
        (GC.GetTotalMemory(forceFullCollection: true) - memory).ShouldBeLessThan(MostMemory, Seed);
        return bad;
    }

    void GiveToAll(byte[] frame)
    {
        Give(_alone, frame);
        Give(_among, frame);
        _lineOf.Add(_among.Line, _alone.Line);
        var (alone, among) = (_alone.Pipeline.Feed, _among.Pipeline.Feed);
        among.Notices.ShouldBe(alone.Notices, Seed);
        among.Remedies.ShouldBe(alone.Remedies, Seed);
        among.ReconnectReason.ShouldBe(alone.ReconnectReason, Seed);
        alone.Clear();
        among.Clear();
        _judge.Decode(frame, DeafWriter.Instance);
        Give(_messy.Rig, frame);
        _messy.Rig.Pipeline.Feed.Clear();
    }

    void GiveBad(byte[] frame)
    {
        var begun = Stopwatch.GetTimestamp();
        if (Verdict(frame) == FrameVerdict.Malformed)
        {
            _refused++;
            // At the moment of the good frame before it, so that the good ones keep their times.
            _among.Time--;
            _among.Receive(frame);
            _among.Pipeline.Feed.HasWork.ShouldBeFalse(Seed);
            _among.Findings[^1].Kind.ShouldBe(IntegrityKind.Quarantined);
            _among.Findings.RemoveAt(_among.Findings.Count - 1);
        }
        else
        {
            _accepted++;
            _messy.Rig.Receive(frame);
            _messy.Rig.Pipeline.Feed.Clear();
            _messy.Rig.Findings.Clear();
        }

        if (Stopwatch.GetElapsedTime(begun) > Patience)
            Assert.Fail($"{Seed}, {frame.Length} bytes: {Encoding.Latin1.GetString(frame[..Math.Min(100, frame.Length)])}");
    }

    FrameVerdict Verdict(byte[] frame)
    {
        var verdict = _judge.Decode(frame, DeafWriter.Instance);
        // What it has learnt of a bad frame must not colour the next verdict.
        var isObject = verdict != FrameVerdict.Malformed && frame.AsSpan().TrimStart(" \t\r\n"u8)[0] == '{';
        if (isObject && ++_judged % _plan.JudgeLasts == 0)
            _judge = NewJudge();
        return verdict;
    }

    IFrameDecoder NewJudge()
    {
        var judge = _exchange.CreateDecoder(_alone.Market, DecoderOptions.Default);
        foreach (var context in _alone.Pipeline.Context())
            judge.Restore(context, DeafWriter.Instance);
        return judge;
    }

    void TakeRows()
    {
        _aloneRows.Take(_alone, line => line);
        _amongRows.Take(_among, line => _lineOf.TryGetValue(line, out var own) ? own : null);
    }

    void Compare()
    {
        _alone.End();
        _among.End();
        TakeRows();
        _aloneRows.Rows.ShouldBeGreaterThan(0);
        _amongRows.ShouldBe(_aloneRows, Seed);
        _amongRows.QuarantinedRows.ShouldBe(_refused);
        _among.Pipeline.Counters.Quarantined.ShouldBe(_refused);
        Findings(_among, line => _lineOf[line]).ShouldBe(Findings(_alone, line => line), Seed);
        Books(_among).ShouldBe(Books(_alone), Seed);
        Encoding.UTF8.GetString(StreamCarry.Write(_among.States.CarriesOf(_among.Market)))
            .ShouldBe(Encoding.UTF8.GetString(StreamCarry.Write(_alone.States.CarriesOf(_alone.Market))), Seed);
    }

    // Ends the session that bad frames were taken for good in; the next one's books are the true ones.
    void Heal(int last)
    {
        _messy.End(Seed);
        _accepted = 0;
        // A reconnect takes its time: what comes so late cannot have come to the session before.
        _messy = new MessySession(_plan.Exchange, _messy.Rig.States, _messy.Number + 1, _messy.Rig.Time + 10_000);
        if (_plan.Resubscribe is not { } resubscribe)
            return;
        resubscribe(_messy.Rig, last);
        var truth = Books(_alone);
        var healed = Books(_messy.Rig);
        foreach (var (stream, book) in truth)
            healed[stream].ShouldBe(book, $"{Seed}: {stream} after good frame {last}");
    }

    static void Give(PipelineRig rig, byte[] frame)
    {
        if (frame.AsSpan().StartsWith("{\"lastUpdateId\""u8))
            rig.Answer("/api/v3/depth?symbol=BTCUSDT&limit=1000", Encoding.UTF8.GetString(frame));
        else
            rig.Receive(frame);
    }

    static List<string> Findings(PipelineRig rig, Func<long, long> lineOf) =>
        [.. rig.Findings.Select(x => $"{x with { LineNumber = lineOf(x.LineNumber) }}")];

    static Dictionary<StreamKey, string> Books(PipelineRig rig) => rig.States.All
        .Where(x => x.Key.Channel is Channel.Books or Channel.RawBooks && x.BookStatus != BookStatus.Empty)
        .ToDictionary(x => x.Key, x => $"{x.BookStatus}\n{Dump(x)}");

    static string Dump(StreamState state)
    {
        var text = new ArrayBufferWriter<byte>();
        if (state.Orders is { } orders)
            orders.Book.WriteCanonical(text);
        else
            (state.Book?.Book ?? state.Chained!.Book).WriteCanonical(text);
        return Encoding.ASCII.GetString(text.WrittenSpan);
    }
}
