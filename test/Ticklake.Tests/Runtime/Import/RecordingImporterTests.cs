using Shouldly;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Journal;
using Xunit;

namespace Ticklake.Tests.Runtime.Import;

public sealed class RecordingImporterTests : IDisposable
{
    readonly ImportTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Hftbacktest_files_in_a_row_are_one_session()
    {
        var one = _folder.Source("a_20240808.gz", """
            1723161253937085768 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","s":"BTCUSDT","U":10,"u":12}}
            1723161253937086 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT"}}
            1723161254206652067 {"lastUpdateId":11,"bids":[["1.5","2"]],"asks":[]}

            torn line
            """);
        var two = _folder.Source("a_20240809", "1723161600001658384 {\"stream\":\"x\",\"data\":{}}\r\n");
        var lines = _folder.Import(RecordingFormat.Hftbacktest, "binance", "spot", [one, two]).Single();

        lines.Select(x => (x.Kind, x.Time, x.Imported)).ShouldBe([
            (JournalLineKind.Occurrence, 1723161253937085768, 0),
            (JournalLineKind.Occurrence, 1723161253937085768, 0),
            (JournalLineKind.Received, 1723161253937085768, 1),
            (JournalLineKind.Received, 1723161253937086000, 2),
            (JournalLineKind.Answer, 1723161254206652067, 3),
            (JournalLineKind.Received, 1723161254206652067, 5),
            (JournalLineKind.Occurrence, 1723161600001658384, 0),
            (JournalLineKind.Received, 1723161600001658384, 1)]);
        lines[1].Text.ShouldContain("\"e\":\"import\",\"file\":\"a_20240808.gz\"");
        lines[4].Path.ShouldBe("/api/v3/depth?symbol=BTCUSDT&limit=1000");
        lines[4].Text.ShouldBe("{\"lastUpdateId\":11,\"bids\":[[\"1.5\",\"2\"]],\"asks\":[]}");
        lines[5].Text.ShouldBe("torn line");
        lines[6].Text.ShouldContain("\"e\":\"import\",\"file\":\"a_20240809\"");
        lines[7].Text.ShouldBe("{\"stream\":\"x\",\"data\":{}}");
        _folder.Report.OddityCount.ShouldBe(1);
        _folder.Report.Oddities.Single().ShouldBe(
            new ImportOddity("a_20240808.gz", 5, "no receive time of 13, 16 or 19 digits before the message"));
        (_folder.Report.Received, _folder.Report.Answers, _folder.Report.Sent).ShouldBe((4, 1, 0));
        _folder.HeaderOf(0).Imported!.Files.ShouldBe(["a_20240808.gz", "a_20240809"]);
        _folder.HeaderOf(0).Imported!.SyntheticTimes.ShouldBeFalse();
    }

    [Theory]
    [InlineData("usdm", "/fapi/v1/depth?symbol=")]
    [InlineData("coinm", "/dapi/v1/depth?symbol=")]
    public void A_depth_answer_goes_to_the_symbol_whose_ids_or_prices_fit(string market, string path)
    {
        const string event1 = "{\"stream\":\"a@depth\",\"data\":{\"e\":\"depthUpdate\",\"s\":\"AUSDT\",";
        const string event2 = "{\"stream\":\"b@depth\",\"data\":{\"e\":\"depthUpdate\",\"s\":\"BUSDT\",";
        var file = _folder.Source("x", $$$"""
            1723161253937085768 {{{event1}}}"U":100,"u":200,"b":[["5.0","1"]]}}
            1723161253937085768 {{{event2}}}"U":110,"u":150,"b":[["9000.0","1"]]}}
            1723161253937085768 {"lastUpdateId":180,"bids":[["9000.0","1"]]}
            1723161253937085768 {"lastUpdateId":140,"bids":[["8999.0","1"]]}
            1723161253937085768 {"lastUpdateId":140,"bids":[["5.1","1"]]}
            1723161253937085768 {"lastUpdateId":1,"symbol":"CUSD_PERP","bids":[]}
            """);
        var lines = _folder.Import(RecordingFormat.Hftbacktest, "binance", market, [file]).Single();
        lines.Where(x => x.Kind == JournalLineKind.Answer).Select(x => x.Path).ShouldBe(
            new[] { "AUSDT", "BUSDT", "AUSDT", "CUSD_PERP" }.Select(x => $"{path}{x}&limit=1000"));
    }

    [Fact]
    public void Cryptofeed_connections_become_sessions_and_answers_join_the_one_they_serve()
    {
        var file = _folder.Source("x.jsonl", """
            {"t":"header","format":2,"exchange":"BINANCE","config":{"trades":["A"]}}
            {"t":"http","conn":"B.http.0","ts":1633998513.5,"url":"https://api.binance.com/api/v3/depth?symbol=BBBUSDT&limit=1000","data":"{\"lastUpdateId\":1}"}
            {"t":"connect","conn":"B.ws.1","ts":1633998511.159679,"addr":"wss://x/stream?streams=aaausdt@depth"}
            {"t":"connect","conn":"B.ws.2","ts":1633998511.2,"addr":"wss://x/stream?streams=bbbusdt@depth"}
            {"t":"recv","conn":"B.ws.1","ts":1633998512.0633569,"data":"{\"a\":\"\u00e9\\n\"}"}
            {"t":"send","conn":"B.ws.2","ts":1633998512,"addr":"wss://x","data":"{\"op\":1}"}
            {"t":"recv","conn":"B.ws.2","ts":1633998512.1,"b64":"AAEC"}
            {"t":"recv","conn":"B.ws.1","ts":16339
            {"t":"connect","conn":"B.ws.1","ts":1633998600.5,"addr":"wss://x/stream?streams=aaausdt@depth"}
            {"t":"recv","conn":"B.ws.1","ts":1633998601.25,"data":"pong"}
            """);
        var sessions = _folder.Import(RecordingFormat.Cryptofeed, "binance", "spot", [file]);

        sessions.Count.ShouldBe(3);
        // The answer's session stands first in the file: it begins the journal, after its open line.
        var (one, two, three) = (sessions[0], sessions[1], sessions[2]);
        one.Select(x => (x.Kind, x.Time, x.Imported, x.Text)).Skip(1).ShouldBe([
            (JournalLineKind.Received, 1633998512063356900, 5, "{\"a\":\"é\\n\"}")]);
        two.Select(x => (x.Kind, x.Time, x.Imported)).ShouldBe([
            (JournalLineKind.Occurrence, 1633998511200000000, 0),
            (JournalLineKind.Answer, 1633998513500000000, 2),
            (JournalLineKind.Sent, 1633998512000000000, 6),
            (JournalLineKind.Received, 1633998512100000000, 7),
            (JournalLineKind.Received, 1633998512100000000, 8)]);
        (two[1].Path, two[1].Status).ShouldBe(("/api/v3/depth?symbol=BBBUSDT&limit=1000", 200));
        (two[3].IsBinary, two[3].Payload.Length).ShouldBe((true, 3));
        two[4].Text.ShouldBe("{\"t\":\"recv\",\"conn\":\"B.ws.1\",\"ts\":16339");
        three.Select(x => x.Text).Last().ShouldBe("pong");
        _folder.HeaderOf(0).Url.ShouldBe("wss://x/stream?streams=aaausdt@depth");
    }

    [Fact]
    public void Older_cryptofeed_text_logs_are_understood()
    {
        var file = _folder.Source("x.log.gz", """
            wss://ws-feed.pro.coinbase.com <-> 1618677816.8434298
            wss://ws-feed.pro.coinbase.com <- 1618677817.020616: {"type":"subscribe"}
            https://api.pro.coinbase.com/products?x=1 -> 1618677817.03: [{"id":"A: B"}]
            1618677817.061845: {"type":"subscriptions","x":"a: b"}
            what is this
            wss://ws-feed.pro.coinbase.com <-> 1618677900
            1618677901.5: {"type":"heartbeat"}
            """);
        var sessions = _folder.Import(RecordingFormat.Cryptofeed, "coinbase", "spot", [file]);
        sessions.Count.ShouldBe(2);
        sessions[0].Select(x => (x.Kind, x.Time, x.Imported, x.Text)).Skip(1).ShouldBe([
            (JournalLineKind.Sent, 1618677817020616000, 2, "{\"type\":\"subscribe\"}"),
            (JournalLineKind.Answer, 1618677817030000000, 3, "[{\"id\":\"A: B\"}]"),
            (JournalLineKind.Received, 1618677817061845000, 4, "{\"type\":\"subscriptions\",\"x\":\"a: b\"}"),
            (JournalLineKind.Received, 1618677817061845000, 5, "what is this")]);
        sessions[0][2].Path.ShouldBe("/products?x=1");
        sessions[1][1].Time.ShouldBe(1618677901500000000);
        _folder.HeaderOf(1).Url.ShouldBe("wss://ws-feed.pro.coinbase.com");
        _folder.Report.OddityCount.ShouldBe(1);
    }

    [Fact]
    public void Lines_that_hold_a_binary_message_are_unwrapped()
    {
        var file = _folder.Source("x.jsonl", """
            {"t": "text", "data": "{\"id\":0,\"code\":0,\"msg\":\"PONG\"}"}
            {"t": "binary", "hex": "0a03616263"}
            {"source": "somebody", "captured": "2026-09-25", "hex": "0A03616264"}
            0a03616265300130013001
            {"t":"http","url":"https://api.mexc.com/api/v3/depth?symbol=BTCUSDT&limit=5000","data":"{\"lastUpdateId\":1}"}
            {"t":"binary","hex":"0a0"}
            """);
        var lines = _folder.Import(RecordingFormat.Lines, "mexc", "spot", [file]).Single().Skip(1).ToList();
        lines.Select(x => (x.Kind, x.IsBinary)).ShouldBe([
            (JournalLineKind.Received, false),
            (JournalLineKind.Received, true),
            (JournalLineKind.Received, true),
            (JournalLineKind.Received, true),
            (JournalLineKind.Answer, false),
            (JournalLineKind.Received, false)]);
        lines[0].Text.ShouldBe("{\"id\":0,\"code\":0,\"msg\":\"PONG\"}");
        Convert.ToHexStringLower(lines[2].Payload).ShouldBe("0a03616264");
        lines[4].Path.ShouldBe("/api/v3/depth?symbol=BTCUSDT&limit=5000");
        lines[5].Text.ShouldBe("{\"t\":\"binary\",\"hex\":\"0a0\"}");
    }

    [Theory]
    [InlineData(";;", ".gz")]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    public void Plain_messages_are_split_and_each_welcome_begins_a_session(string separator, string extension)
    {
        const string welcome = "{\"event\":\"info\",\"version\":2}";
        string[] messages = [welcome, "[1,\"hb\"]", "[1,[6443.1,2,0.5]]", welcome, "[2,\"a;;b\\n\"]"];
        if (separator == ";;")
            messages[4] = "[2,3]";
        var file = _folder.Source("x" + extension, string.Join(separator, messages) + separator + separator);
        var sessions = _folder.Import(RecordingFormat.Lines, "bitfinex", "spot", [file]);
        sessions.Count.ShouldBe(2);
        sessions[0].Skip(1).Select(x => x.Text).ShouldBe(messages[..3]);
        sessions[1].Skip(1).Select(x => x.Text).ShouldBe(messages[3..]);
        sessions.SelectMany(x => x.Skip(1)).Select(x => x.Imported).ShouldBe([1, 2, 3, 4, 5]);
        sessions.SelectMany(x => x.Skip(1)).Select(x => x.Time).ShouldBe(
            Enumerable.Range(0, 5).Select(x => 946_684_800_000_000_000 + (x * 1000L)));
        _folder.HeaderOf(0).Flags.ShouldBe(131072);
        _folder.HeaderOf(0).Imported!.SyntheticTimes.ShouldBeTrue();
    }

    [Fact]
    public void Importing_twice_gives_the_same_bytes()
    {
        var file = _folder.Source("x", string.Join('\n', Enumerable.Range(0, 50_000).Select(x => $"[1,[{x},2,3.5]]")));
        _folder.Import(RecordingFormat.Lines, "bitfinex", "spot", [file], "one");
        var first = Contents("one");
        _folder.Import(RecordingFormat.Lines, "bitfinex", "spot", [file], "one");
        Contents("one").ShouldBe(first);
        _folder.Import(RecordingFormat.Lines, "bitfinex", "spot", [file], "two");
        Contents("two").ShouldBe(first);
    }

    [Fact]
    public void A_gz_file_that_was_cut_short_or_changed_is_named()
    {
        var random = new Random(1);
        var text = string.Join('\n', Enumerable.Range(0, 5000).Select(_ => $"[1,{random.Next()}]"));
        var file = _folder.Source("x.gz", text);
        var bytes = File.ReadAllBytes(file);
        byte[] changed = [.. bytes];
        changed[bytes.Length / 2] ^= 0x55;
        foreach (var damaged in new[] { bytes[..(bytes.Length / 2)], bytes[..^1], bytes[..^8], bytes[..^9], changed })
        {
            File.WriteAllBytes(file, damaged);
            Should.Throw<InvalidDataException>(() => _folder.Import(RecordingFormat.Lines, "bitfinex", "spot", [file]))
                .Message.ShouldContain(file);
        }

        File.WriteAllBytes(file, [.. bytes, .. bytes]);
        _folder.Import(RecordingFormat.Lines, "bitfinex", "spot", [file]);
        _folder.Report.Received.ShouldBe(9999, "two members are one file, and there is no line break between these two");
    }

    Dictionary<string, string> Contents(string data) =>
        Directory.EnumerateFiles(Path.Combine(_folder.Path, data), "*", SearchOption.AllDirectories).ToDictionary(
            x => Path.GetRelativePath(Path.Combine(_folder.Path, data), x),
            x => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(x))));
}
