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

        ### Selection rules

        ```yaml
              - channel: [trades, book_ticker]
                symbols: [BTCUSDT, "*USDC"]     # BTCUSDT always, and whatever ends in USDC
              - channel: trades
                select:                         # or both: then all of it must hold
                  quote: USDT
                  kind: spot
                  top: 50
                  by: volume
                  except: [USDCUSDT, "*DOWNUSDT"]
        ```

        Symbols with `*` (any characters) or `?` (one character) are patterns; YAML wants quotes around them. Case counts,
        as it does in symbols. A stream entry with patterns or `select` is a rule: it takes every instrument of the
        exchange's list for which all conditions hold. Symbols that are named in full are recorded whatever the list says.

        | condition | meaning |
        |---|---|
        | patterns in `symbols` | One of them fits the symbol. |
        CONDITIONS
        The list is read at the start and every six hours ([instruments](format/instruments.md)). If it cannot be read, the
        list that the data folder remembers serves, with a warning; if there is none, the rule waits, says so, and is tried
        again every minute, while symbols named in full are recorded. An instrument that is listed later is recorded from
        the next reading on, over a connection of its own or one opened for such; one that is gone from the list is given up
        (`stream_given_up` in `controls`). One that is listed but does not trade is given up only if it still does not at
        the next reading: a maintenance is no delisting. If more than half of what a rule selects is gone at once, a second
        reading must confirm it. With `top` the ranking is made anew at each reading; a symbol that is selected stays until
        its rank is worse than one and a half times the number (`top: 50`: 75), and only places that become free are given
        to others.

        `ticklake config check` names the rules; `ticklake config check --resolve` asks the exchanges and prints what each
        selects now. `ticklake status` shows what the running recorder has selected.

        """;

    public static string Write()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n").Replace(
            "CHANNELS", string.Join(", ", StreamsSection.Channels.Select(c => $"`{c}`")), StringComparison.Ordinal)
            .Replace(
                "CONDITIONS\n",
                string.Concat(SelectSection.Conditions.Select(c => $"| `{c.Name}` | {c.Help} |\n")) + "\n",
                StringComparison.Ordinal));
        page.Append("\n### Options of streams\n\n| option | channels | meaning |\n|---|---|---|\n");
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
        Rows(page, "", section.Settings);
    }

    static void Rows(StringBuilder page, string path, IReadOnlyList<Setting> settings)
    {
        foreach (var s in settings)
        {
            if (s.Parts.Count > 0)
                Rows(page, $"{path}{s.Name}.", s.Parts);
            else
                page.Append($"| `{path}{s.Name}` | {s.Default} | {s.Allowed} | {s.Help} |\n");
        }
    }
}
