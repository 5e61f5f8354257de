using Ticklake.Columnar.Parquet;
using Ticklake.Runtime.Clocks;
using Ticklake.Runtime.Configuration.Forms;
using Ticklake.Runtime.Sessions;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Configuration;

/// <summary>
/// The table of all settings. The loader, <see cref="ConfigSchema"/> and <see cref="ConfigReference"/> go by it, so
/// that none can know a setting that another does not.
/// </summary>
static class ConfigTable
{
    const long Megabyte = 1_000_000;
    const long Gigabyte = 1_000_000_000;
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static readonly ConfigSection<RootOptions> Root = new ConfigSection<RootOptions>("", "")
        .Add("data", new PathForm(), o => o.Data, (o, v) => o with { Data = v },
            "The folder of journals and segments, relative to the configuration file.");

    public static readonly ConfigSection<MarketOverrides> Market = new ConfigSection<MarketOverrides>(
            "exchanges.<exchange>", "Where an exchange is reached and how its connections are filled.")
        .Add("websocket", new AddressForm("ws", "wss"), "the exchange's own", (o, v) => o with { WebSocket = v },
            "Address of the public stream; name another to record a simulator or a relay.")
        .Add("doors", new DoorsForm(), "the exchange's own", (o, v) => o with { Doors = v },
            "Addresses of further sockets of a market that has several, by name: `{ exchange: \"ws://…\" }` of Coinbase. Where "
            + "`websocket` names another address, they must, too.")
        .Add("rest", new AddressForm("http", "https"), "the exchange's own", (o, v) => o with { Rest = v },
            "Address of the public REST interface.")
        .Add("conf_flags", new ConfFlagsForm(), "[timestamp, sequence, checksum]", (o, v) => o with { ConfFlags = v },
            "Bitfinex only: what its frames carry. Without `sequence` lost messages go unnoticed, without `checksum` "
            + "books are not proven.")
        .Add("max_streams_per_connection", new IntegerForm(1, 1024), "the exchange's documented limit",
            (o, v) => o with { MaxStreamsPerConnection = v },
            "Streams that share one connection. Bitfinex documents 25 and has been seen to accept 30.")
        .Add("proxy", new ProxyForm(), "that of `network.proxy`", (o, v) => o with { Proxy = v },
            "The HTTP proxy of this exchange's connections and requests.");

    public static readonly ConfigSection<NetworkOptions> Network = new ConfigSection<NetworkOptions>(
            NetworkSection.Key, "How connections and requests leave this machine.")
        .Add(NetworkSection.AddressesKey, new LocalAddressesForm(), "the system's choice",
            (o, v) => o with { Addresses = v },
            "Local addresses that symbols are spread over. All connections and requests of one symbol leave from the same "
            + "address, and exchanges' limits are kept for each address by itself.")
        .Add(NetworkSection.ShardsKey, new FileForm(), "symbols take the addresses in turn",
            (o, v) => o with { ShardFile = v },
            "A YAML file that gives symbols their addresses: `10.0.0.5: [BTCUSDT, bitfinex:tBTCUSD, binance/usdm:ETHUSDT]`, "
            + "a bare symbol being that of every exchange. Symbols it does not name take the addresses in turn.")
        .Add("proxy", new ProxyForm(), "none, or that of the environment (HTTPS_PROXY)",
            (o, v) => o with { Proxy = v?.Address },
            "The HTTP proxy of every exchange that names none of its own: CONNECT for WebSocket and https. Let the "
            + "credentials come from the environment: `http://${PROXY_USER}:${PROXY_PASSWORD}@10.0.0.1:3128`.");

    public static readonly ConfigSection<SessionTiming> Session = new ConfigSection<SessionTiming>(
            "session", "How long a connection lives, waits and takes to stop.")
        .Add("rotate_after", new DurationForm(Second, 7 * Day), o => o.RotateAfter,
            (o, v) => o with { RotateAfter = v },
            "Age at which a session is replaced by a new one, which is opened first. Binance closes every connection "
            + "after 24h.")
        .Add("overlap", new DurationForm(Second, Hour), o => o.Overlap, (o, v) => o with { Overlap = v },
            "Longest time that the old and the new session run side by side.")
        .Add("first_data_timeout", new DurationForm(Second, Hour), o => o.FirstDataTimeout,
            (o, v) => o with { FirstDataTimeout = v },
            "A stream that was subscribed and stays silent for so long is reported.")
        .Add("silence", new SilenceForm(10 * Second, Day), o => o.Silence, (o, v) => o with { Silence = v },
            "A live stream of these channels that is silent for so long, and 20 times as long as it ever paused in the "
            + "last hour or two, while others of its connection deliver, is declared in `controls` (`silence`, "
            + "`silence_ended`) and asked for again, once in 10 minutes at most. Channels that are not named keep their "
            + "default.")
        .Add("backoff_min", new DurationForm(Tick, Hour), o => o.BackoffFirst, (o, v) => o with { BackoffFirst = v },
            "Wait before the first new attempt to connect; doubles with each failure.")
        .Add("backoff_max", new DurationForm(Tick, Hour), o => o.BackoffLongest, (o, v) => o with { BackoffLongest = v },
            "Longest wait between two attempts; they are never given up.")
        .Add("reconcile_interval", new OptionalDurationForm(Second, Day), o => o.ReconcileInterval,
            (o, v) => o with { ReconcileInterval = v },
            "How often every book without checksums is compared with the exchange's own by REST, spread evenly; `off` for "
            + "never. A difference is declared in `controls` (`drift`), and the book begins anew.")
        .Add("stop_timeout", new DurationForm(Second, 10 * Minute), o => o.StopTimeout,
            (o, v) => o with { StopTimeout = v },
            "Time that a graceful stop may take; what is not sealed then is recovered from the journal at the "
            + "next start.");

    public static readonly ConfigSection<JournalSettings> Journal = new ConfigSection<JournalSettings>(
            "journal", "How frames are kept as they came.")
        .Add("sync_interval", new DurationForm(Tick, Minute), o => o.Files.SyncInterval,
            (o, v) => o with { Files = o.Files with { SyncInterval = v } },
            "How often written frames are forced to the disk: what a power cut can cost at most.")
        .Add("rotate_size", new SizeForm(Megabyte, 16 * Gigabyte), o => o.Files.RotateBytes,
            (o, v) => o with { Files = o.Files with { RotateBytes = v } },
            "Size at which a journal file is followed by a new one.")
        .Add("rotate_age", new DurationForm(Second, 7 * Day), o => o.Files.RotateAge,
            (o, v) => o with { Files = o.Files with { RotateAge = v } },
            "Age at which a journal file is followed by a new one.")
        .Add("level", new IntegerForm(1, 19), o => o.Files.CompressionLevel,
            (o, v) => o with { Files = o.Files with { CompressionLevel = v } },
            "zstd level; higher ones shrink exchange messages very little more.")
        .Add("retention", new RetentionForm(Minute), o => o.Retention, (o, v) => o with { Retention = v },
            "How long a journal is kept after every store has its rows.");

    static readonly ConfigSection<CsvOptions> Csv = new ConfigSection<CsvOptions>("csv", "Of `format: csv` only.")
        .Add("compression", EnumForm.Of<CsvCompression>(), o => o.Compression, (o, v) => o with { Compression = v },
            "Compression of CSV files as a whole; their names end in `.csv.gz`, `.csv.zst` or `.csv`.");

    public static readonly ConfigSection<SegmentSettings> Segments = new ConfigSection<SegmentSettings>(
            "segments", "Where sealed files lie, when they end and how they are written.")
        .Add("layout", new LayoutForm(), o => o.Cut.Layout,
            (o, v) => o with { Cut = o.Cut with { Layout = v } },
            "Folders and names of segments: `daily`, a folder a day; `segments`, a folder a segment with its manifest, its "
            + "`controls` and its journal lines; `hive`, folders `key=value`; `archive`, files by the millisecond; or a "
            + "[template](format/layouts.md).")
        .Add("server", new ServerForm(), "none", (o, v) => o with { Cut = o.Cut with { Server = v } },
            "Name of this recorder in paths of layouts with `{server}` (`archive`, templates): several recorders fill one lake.")
        .Add("wal", new SwitchForm(), o => o.Cut.Wal, (o, v) => o with { Cut = o.Cut with { Wal = v } },
            "Whether a segment with a folder of its own holds `wal.jsonl.zst`, the journal lines of its rows.")
        .Add("format", new NamedForm<SegmentFormat>(SegmentFormat.All, f => f.Name), o => o.Cut.Format,
            (o, v) => o with { Cut = o.Cut with { Format = v } },
            "Format of new segments; those there are keep theirs, and every command reads all of them.")
        .Add("numbers", new NamedForm<NumberForm>([NumberForm.Double, NumberForm.Decimal], NumberName),
            o => o.Cut.Numbers, (o, v) => o with { Cut = o.Cut with { Numbers = v } },
            "Prices and amounts in Parquet and Arrow: the nearest `double`, or `decimal` with 18 digits behind the point. CSV "
            + "has them as the exchange wrote them.")
        .Add("csv", Csv, (o, v) => o with { Cut = o.Cut with { Csv = v } })
        .Add("rotate", new RotationForm(Second, 7 * Day), o => o.Cut.Rotate,
            (o, v) => o with { Cut = o.Cut with { Rotate = v } },
            "Longest time in one segment, counted from UTC midnight of 1970-01-01; the layout ends segments earlier: "
            + "`segments`, `hive` and templates with `{HH}` with the hour, the others with the UTC day.")
        .Add("max_size", new SizeForm(Megabyte, 64 * Gigabyte), o => o.Cut.MaxBytes,
            (o, v) => o with { Cut = o.Cut with { MaxBytes = v } },
            "Size at which a segment ends before its time.")
        .Add("compression", EnumForm.Of<ParquetCompression>(), o => o.Files.Compression,
            (o, v) => o with { Files = o.Files with { Compression = v } },
            "Compression within Parquet and Arrow files; Arrow has no gzip.")
        .Add("level", new IntegerForm(1, 19), o => o.Files.CompressionLevel,
            (o, v) => o with { Files = o.Files with { CompressionLevel = v } },
            "zstd level, of CSV too; the other compressions have none.")
        .Add("row_group_rows", new IntegerForm(1_000, 10_000_000), o => o.Cut.RowGroupRows,
            (o, v) => o with { Cut = o.Cut with { RowGroupRows = v } },
            "Rows of a row group: the unit that a reader skips or reads.")
        .Add("memory", new SizeForm(8 * Megabyte, 64 * Gigabyte), o => o.Memory, (o, v) => o with { Memory = v },
            "Memory, roughly, that rows waiting for their row group may take in all streams together.")
        .Add("compact", new OptionalDurationForm(Minute, 7 * Day), o => o.CompactAfter, (o, v) => o with { CompactAfter = v },
            "How long after the end of a UTC day its small segments are merged, each stream's into one; `off` for never. "
            + "`ticklake compact` does the same for a lake that is not being recorded to.")
        .Add("retention", new RetentionForm(Day), o => o.Retention, (o, v) => o with { Retention = v },
            "How long segments are kept. What goes is noted in the catalogue and declared in `controls` "
            + "(`segments_retired`), whose own segments stay.");

    public static readonly ConfigSection<DiskOptions> Disk = new ConfigSection<DiskOptions>(
            "disk", "How much of the disk the lake may take.")
        .Add("budget", new OptionalSizeForm(100 * Megabyte, 1000 * Gigabyte), o => o.Budget, (o, v) => o with { Budget = v },
            "Most that journals and segments may have together. Beyond it the journals of finished sessions go first, "
            + "then segments, the oldest first; what goes is declared in `controls` (`journals_retired`, `segments_retired`).")
        .Add("reserve", new OptionalSizeForm(10 * Megabyte, 1000 * Gigabyte), o => o.Reserve, (o, v) => o with { Reserve = v },
            "What is to stay free of the disk. When less is free, journals of finished sessions are given up before their "
            + "time; with less than two thirds of it, order books are not asked for by REST; with less than a third, books "
            + "are given up, until it is free again. Trades go on. All of it is declared in `controls` (`disk_low`).");

    public static readonly ConfigSection<ClockSettings> Clock = new ConfigSection<ClockSettings>(
            "clock", "How our clock is compared with the exchanges'. Rows keep what our clock said; latencies are corrected.")
        .Add("interval", new DurationForm(30 * Second, Day), o => o.Interval, (o, v) => o with { Interval = v },
            "How often the offset to each exchange is measured, give or take a tenth; each time is a row of `controls` "
            + "(`clock_offset`).")
        .Add("warn_offset", new DurationForm(TimeSpan.FromMilliseconds(1), Hour), o => o.WarnOffset,
            (o, v) => o with { WarnOffset = v },
            "An offset that is certainly larger is a warning in the log.");

    public static readonly ConfigSection<LogOptions> Log = new ConfigSection<LogOptions>(
            "log", "What is logged and how.")
        .Add("format", EnumForm.Of<LogFormat>(), o => o.Format, (o, v) => o with { Format = v },
            "Lines for people or one JSON object a line.")
        .Add("level", EnumForm.Of<LogThreshold>(), o => o.Level, (o, v) => o with { Level = v },
            "The least severity that is logged.");

    static string NumberName(NumberForm form) => form.ToString().ToLowerInvariant();

    /// <summary>The sections at the top of the file beside <c>exchanges</c>.</summary>
    public static IReadOnlyList<ConfigSection> TopSections => [Network, Session, Journal, Segments, Disk, Clock, Log];
}
