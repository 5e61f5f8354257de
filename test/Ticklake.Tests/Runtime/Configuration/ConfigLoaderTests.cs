using Shouldly;
using Ticklake.Columnar.Parquet;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Clocks;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Sessions;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Runtime.Configuration;

public sealed class ConfigLoaderTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_empty_file_records_the_defaults_beside_itself()
    {
        var options = _folder.LoadGood("");
        options.Data.ShouldBe(Path.Combine(_folder.Root, "data"));
        options.Markets.Select(m => $"{m.Market} {m.Streams.Count}").ShouldBe(["bitfinex/spot 10", "binance/spot 10"]);
        options.Session.ShouldBe(new SessionTiming());
        options.Segments.ShouldBe(new SegmentSettings());
    }

    [Fact]
    public void Patterns_and_conditions_make_a_rule_beside_the_symbols_with_names()
    {
        var market = _folder.LoadGood(
            """
            exchanges:
              binance:
                streams:
                  - { channel: books, symbols: [BTCUSDT, "*USDC", "ETH?"], speed: 1000ms }
                  - channel: candles
                    timeframe: [1m, 5m]
                    select: { base: [BTC, ETH], quote: USDT, kind: spot, status: any, top: 50, by: volume, except: [A, "*UPUSDT"] }
            """).Markets.Single();
        market.Streams.Select(s => $"{s.ChannelName} {s.Symbol}").ShouldBe(["books_1000ms BTCUSDT"]);
        market.Rules.Select(r => r.ToString()).ShouldBe(
        [
            "books(speed 1000ms) of *USDC or ETH?",
            "candles(timeframe 1m), candles(timeframe 5m) of all symbols, base BTC or ETH, quote USDT, kind spot, any status, "
            + "except A, *UPUSDT, the first 50 by volume",
        ]);
        market.Rules[0].Statuses.ShouldBeNull();
        market.Rules[1].Statuses.ShouldBe([]);
    }

    [Fact]
    public void Every_setting_lands_in_its_record()
    {
        var options = _folder.LoadGood(
            """
            data: elsewhere
            session:
              rotate_after: 1h30m
              overlap: 10s
              first_data_timeout: 5m
              backoff_min: 500ms
              backoff_max: 2m
              stop_timeout: 1m
            journal: { sync_interval: 2s, rotate_size: 64MiB, rotate_age: 2h, level: 3, retention: 7d }
            segments:
              { layout: segments, max_size: 1GB, compression: gzip, level: 9, row_group_rows: 10000, memory: 64MB }
            clock: { interval: 1m, warn_offset: 20ms }
            log: { format: json, level: warning }
            """);
        options.Clock.ShouldBe(new ClockSettings
        {
            Interval = TimeSpan.FromMinutes(1),
            WarnOffset = TimeSpan.FromMilliseconds(20),
        });
        options.Data.ShouldBe(Path.Combine(_folder.Root, "elsewhere"));
        options.Session.ShouldBe(new SessionTiming
        {
            RotateAfter = TimeSpan.FromMinutes(90),
            Overlap = TimeSpan.FromSeconds(10),
            FirstDataTimeout = TimeSpan.FromMinutes(5),
            BackoffFirst = TimeSpan.FromMilliseconds(500),
            BackoffLongest = TimeSpan.FromMinutes(2),
            StopTimeout = TimeSpan.FromMinutes(1),
        });
        options.Journal.ShouldBe(new JournalSettings
        {
            Files = new JournalOptions
            {
                SyncInterval = TimeSpan.FromSeconds(2),
                RotateBytes = 64 << 20,
                RotateAge = TimeSpan.FromHours(2),
                CompressionLevel = 3,
            },
            Retention = TimeSpan.FromDays(7),
        });
        options.Segments.Cut.ShouldBe(new SegmentOptions
        {
            Layout = SegmentLayout.Segments,
            MaxBytes = 1_000_000_000,
            RowGroupRows = 10_000,
            HeldRows = 533_333,
        });
        options.Segments.Files.Compression.ShouldBe(ParquetCompression.Gzip);
        options.Segments.Files.CompressionLevel.ShouldBe(9);
        options.Log.ShouldBe(new LogOptions { Format = LogFormat.Json, Level = LogThreshold.Warning });
    }

    [Theory]
    [InlineData("hour", 60)]
    [InlineData("day", 1440)]
    [InlineData("15m", 15)]
    public void Segments_end_with_the_hour_the_day_or_another_span(string rotate, int minutes) =>
        _folder.LoadGood($"segments: {{ rotate: {rotate} }}").Segments.Cut.Rotate
            .ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void Segments_have_a_format_and_a_form_of_numbers()
    {
        var csv = _folder.LoadGood("segments: { format: csv, csv: { compression: zstd } }").Segments.Cut;
        (csv.Format, csv.Csv.Compression, csv.Numbers).ShouldBe((SegmentFormat.Csv, CsvCompression.Zstd, NumberForm.Double));
        var arrow = _folder.LoadGood("segments: { format: arrow, numbers: decimal }").Segments.Cut;
        (arrow.Format, arrow.Numbers).ShouldBe((SegmentFormat.Arrow, NumberForm.Decimal));
    }

    [Fact]
    public void A_list_of_option_values_makes_one_stream_each()
    {
        var streams = Bitfinex("{ channel: candles, symbols: [tBTCUSD, tETHUSD], timeframe: [1m, 5m] }").Streams;
        streams.Select(s => s.ToString()).ShouldBe(
        [
            "bitfinex/spot/candles_1m/tBTCUSD", "bitfinex/spot/candles_5m/tBTCUSD",
            "bitfinex/spot/candles_1m/tETHUSD", "bitfinex/spot/candles_5m/tETHUSD",
        ]);
    }

    [Fact]
    public void Streams_are_made_from_the_books_that_are_recorded()
    {
        var market = Bitfinex(
            "{ channel: books, symbols: tBTCUSD, prec: [P1, P0] }, { channel: book_ticker, symbols: tBTCUSD }, "
            + "{ channel: depth_snapshots, source: book, symbols: tBTCUSD, every: [1s, 250ms], levels: 50 }");
        market.Streams.Count.ShouldBe(2);
        market.Derived.Select(d => $"{d.Key} of {d.Book.ChannelName}").ShouldBe(
        [
            "bitfinex/spot/book_ticker_book/tBTCUSD of books", "bitfinex/spot/depth_snapshots_book_1s_50/tBTCUSD of books",
            "bitfinex/spot/depth_snapshots_book_250ms_50/tBTCUSD of books",
        ]);
    }

    [Fact]
    public void The_stream_of_the_exchange_is_the_default_source()
    {
        var market = _folder.LoadGood(
            """
            exchanges:
              binance:
                streams:
                  - { channel: [books, book_ticker], symbols: BTCUSDT }
                  - { channel: book_ticker, symbols: BTCUSDT, source: [book] }
            """).Markets.Single();
        market.Streams.Select(s => s.ChannelName).ShouldBe(["books", "book_ticker"]);
        market.Derived.Select(d => d.Key.ChannelName).ShouldBe(["book_ticker_book"]);
    }

    [Fact]
    public void Depth_is_asked_for_by_rest_beside_the_streams()
    {
        var market = _folder.LoadGood(
            """
            session: { reconcile_interval: off }
            exchanges:
              binance:
                market: usdm
                streams:
                  - { channel: books, symbols: BTCUSDT }
                  - { channel: depth_snapshots, source: rest, symbols: [BTCUSDT, ETHUSDT], every: 5s, levels: 50, jitter: 0% }
                  - { channel: depth_snapshots, source: rest, symbols: BTCUSDT }
            """).Markets.Single();
        market.Streams.Select(s => s.ChannelName).ShouldBe(["books"]);
        market.Polled.Select(p => $"{p.Key.ChannelName} {p.Key.Symbol} {p.Every} {p.Jitter}").ShouldBe(
        [
            "depth_snapshots_rest_50 BTCUSDT 00:00:05 0", "depth_snapshots_rest_50 ETHUSDT 00:00:05 0",
            "depth_snapshots_rest_100 BTCUSDT 00:00:10 0.1",
        ]);
    }

    [Fact]
    public void Depth_of_an_exchange_that_answers_with_less_is_asked_for_with_what_it_has() =>
        _folder.LoadGood(
            """
            exchanges:
              upbit:
                streams:
                  - { channel: depth_snapshots, source: rest, symbols: KRW-BTC }
            """).Markets.Single().Polled.Single().Key.ChannelName.ShouldBe("depth_snapshots_rest_30");

    [Fact]
    public void A_single_symbol_needs_no_list() =>
        Bitfinex("{ channel: [trades, books], symbols: tBTCUSD }").Streams.Select(s => s.Channel)
            .ShouldBe([Channel.Trades, Channel.Books]);

    [Fact]
    public void Endpoints_flags_and_limits_of_a_market_can_be_set()
    {
        var market = _folder.LoadGood(
            """
            exchanges:
              bitfinex:
                websocket: ws://127.0.0.1:9001/ws/2
                conf_flags: [timestamp, sequence, checksum, bulk]
                max_streams_per_connection: 30
                streams: [{ channel: trades, symbols: tBTCUSD }]
            """).Markets.Single();
        market.Endpoints.WebSocket.ShouldBe(new Uri("ws://127.0.0.1:9001/ws/2"));
        market.Endpoints.Rest.ShouldBe(new Uri("https://api-pub.bitfinex.com"));
        market.Session.ConfFlags.ShouldBe(537_100_288);
        market.MaxStreamsPerConnection.ShouldBe(30);
    }

    [Fact]
    public void Markets_may_stand_under_their_exchange()
    {
        var market = _folder.LoadGood(
            """
            exchanges:
              binance: { markets: { spot: { streams: [{ channel: trades, symbols: BTCUSDT }] } } }
            """).Markets.Single();
        market.Market.ShouldBe(new MarketId("binance", "spot"));
        market.MaxStreamsPerConnection.ShouldBe(1024);
        market.Session.ConfFlags.ShouldBeNull();
    }

    [Fact]
    public void Variables_come_from_the_environment_then_the_env_file_then_the_default()
    {
        _folder.Write(".env", "# ours\nexport LEVEL='error'\nFORMAT=text # plain\nEMPTY=\n");
        _folder.Environment["FORMAT"] = "json";
        var options = _folder.LoadGood(
            """
            data: "${EMPTY:-kept}/$${literal}"
            log: { level: "${LEVEL}", format: "${FORMAT}" }
            """);
        options.Log.ShouldBe(new LogOptions { Format = LogFormat.Json, Level = LogThreshold.Error });
        options.Data.ShouldBe(Path.Combine(_folder.Root, "kept", "${literal}"));
    }

    [Fact]
    public void A_list_may_be_named_and_used_again()
    {
        var market = _folder.LoadGood(
            """
            exchanges:
              binance:
                streams:
                  - { channel: trades, symbols: &majors [BTCUSDT, ETHUSDT] }
                  - { channel: books, symbols: *majors }
            """).Markets.Single();
        market.Streams.Count.ShouldBe(4);
    }

    [Fact]
    public void The_data_folder_is_there_and_empty_afterwards()
    {
        var options = _folder.LoadGood("data: deep/down");
        Directory.EnumerateFileSystemEntries(options.Data).ShouldBeEmpty();
    }

    MarketOptions Bitfinex(string stream) =>
        _folder.LoadGood($"exchanges: {{ bitfinex: {{ streams: [{stream}] }} }}").Markets.Single();
}
