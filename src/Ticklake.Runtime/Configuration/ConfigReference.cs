using System.Text;

namespace Ticklake.Runtime.Configuration;

/// <summary>Writes docs/configuration.md from the table of settings; a test holds the page to it.</summary>
public static class ConfigReference
{
    const string Introduction =
        """
        # Configuration

        This page is written by `ConfigReference` from the table of settings that the loader itself goes by. Do not edit
        it: change `src/Ticklake.Runtime/Configuration` and run the tests with `TICKLAKE_APPROVE=1`.

        Ticklake reads `ticklake.yml` of the current folder, or the file named by `-c`. Without a file it records the
        [defaults](#without-a-file). The file is checked once, before anything is started: every fault is told at the
        same time with its line and with what is allowed, and the exit code is 2. `ticklake config check` does only that;
        `ticklake config schema` prints the JSON schema (also at [ticklake.schema.json](ticklake.schema.json)). With
        `# yaml-language-server: $schema=…` in its first line, an editor completes and checks the file while you type.

        ## How values are written

        - **Durations**: `500ms`, `30s`, `5m`, `23h`, `7d`, and together `1h30m`.
        - **Sizes**: `64KB`, `256MB`, `1GB` count in thousands; `KiB`, `MiB`, `GiB` in 1024s.
        - **Unknown keys, keys that stand twice, and values out of bounds** are refused.
        - **Variables**: `${NAME}` in a value is replaced from the environment, or from a file `.env` beside
          `ticklake.yml` (`NAME=value` lines; the environment goes first). `${NAME:-default}` has a default for a missing or empty
          variable; without one a missing variable is a fault. `$${` is a literal `${`. Messages show values as they are
          written in the file, never what a variable holds; only the path of an unusable data folder is shown resolved.
          Between braces YAML wants quotes: `log: { level: "${LEVEL}" }`.
        - **Paths** are relative to the file they stand in.

        ## Streams

        ```yaml
        exchanges:
          bitfinex:
            streams:
              - channel: books
                symbols: [tBTCUSD, tETHUSD]
                len: 250
              - channel: candles
                symbols: tBTCUSD
                timeframe: [1m, 5m]       # a list makes one stream each
          binance:
            markets:                      # or `market: spot` beside `streams`
              spot:
                streams:
                  - channel: [trades, books]
                    symbols: [BTCUSDT, ETHUSDT]
        ```

        `channel` is one of CHANNELS, or a list of them.
        `source: book` makes a stream from the rebuilt book once that is known to be right; its `books` must be recorded as
        well: `book_ticker` has a row wherever the best levels change (of itself on an exchange that has no such stream),
        `depth_snapshots` the best `levels` once in `every` step of time.
        `symbols` are the exchange's own names. An exchange refuses what it does not offer. A stream may be wanted only
        once. Without `exchanges` the [defaults](#without-a-file) are recorded.

        """;

    public static string Write()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n").Replace(
            "CHANNELS", string.Join(", ", StreamsSection.Channels.Select(c => $"`{c}`")), StringComparison.Ordinal));
        page.Append("\n| option | channels | meaning |\n|---|---|---|\n");
        foreach (var option in StreamOption.All)
            page.Append($"| `{option.Name}` | {option.Channels} | {option.Help} |\n");
        Section(page, "The top of the file", "", ConfigTable.Root);
        Section(page, "Each exchange or market", ConfigTable.Market.Help, ConfigTable.Market);
        foreach (var section in ConfigTable.TopSections)
            Section(page, $"`{section.Name}`", section.Help, section);
        page.Append("\n## Without a file\n\n```yaml\n")
            .Append(DefaultConfig.Yaml.ReplaceLineEndings("\n").TrimEnd()).Append("\n```\n");
        return page.ToString();
    }

    static void Section(StringBuilder page, string title, string help, ConfigSection section)
    {
        page.Append($"\n## {title}\n\n");
        if (help.Length > 0)
            page.Append($"{help}\n\n");
        page.Append("| setting | default | allowed | meaning |\n|---|---|---|---|\n");
        foreach (var s in section.Settings)
            page.Append($"| `{s.Name}` | {s.Default} | {s.Allowed} | {s.Help} |\n");
    }
}
