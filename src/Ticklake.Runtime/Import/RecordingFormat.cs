namespace Ticklake.Runtime.Import;

/// <summary>The recorders whose files can be imported.</summary>
public enum RecordingFormat : byte
{
    /// <summary>hftbacktest's collector: <c>&lt;time&gt; &lt;message&gt;</c> a line.</summary>
    Hftbacktest,

    /// <summary>cryptofeed: JSON lines of version 2, or the older text logs.</summary>
    Cryptofeed,

    /// <summary>Messages alone, separated by a line break or <c>;;</c>; binary ones as hex.</summary>
    Lines,
}

/// <summary>The one written form of each format.</summary>
public static class RecordingFormats
{
    // One torn line among them must not decide.
    const int LinesToJudge = 50;

    static readonly string[] Names = ["hftbacktest", "cryptofeed", "lines"];

    public static IReadOnlyList<string> All => Names;

    public static string Name(this RecordingFormat format) => Names[(int)format];

    public static bool TryParse(string? name, out RecordingFormat format)
    {
        var index = Array.IndexOf(Names, name);
        format = index < 0 ? default : (RecordingFormat)index;
        return index >= 0;
    }

    /// <summary>Tells the format from the first lines of a recording.</summary>
    /// <param name="path">Plain or <c>.gz</c>.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A compressed file is damaged.</exception>
    public static RecordingFormat Detect(string path)
    {
        using var lines = new RecordingLines(path, mayHaveSemicolons: true);
        var (seen, timed, structured) = (0, 0, 0);
        while (seen < LinesToJudge && lines.TryRead(out var line))
        {
            seen++;
            if (HftbacktestRecording.IsOne(line))
                timed++;
            else if (CryptofeedLine.Parse(line).Kind != CryptofeedKind.Unknown)
                structured++;
        }

        return timed * 2 > seen ? RecordingFormat.Hftbacktest
            : structured * 2 > seen ? RecordingFormat.Cryptofeed : RecordingFormat.Lines;
    }
}
