using System.Text;
using System.Text.Unicode;

namespace Ticklake.Exchanges.Mexc;

/// <summary>The streams of a connection by topic, at most 30.</summary>
sealed class MexcStreams : NamedStreams<MexcStream>
{
    /// <summary>The stream of this topic, open or new; null if none that is recorded.</summary>
    public MexcStream? Find(ReadOnlySpan<byte> topic) => FindOpen(topic) ?? Describe(topic);

    static MexcStream? Describe(ReadOnlySpan<byte> topic) =>
        MexcTopic.MayBeRecorded(topic) && Utf8.IsValid(topic)
        && MexcTopic.TryParse(Encoding.UTF8.GetString(topic), out var kind, out var key)
            ? new MexcStream(topic.ToArray(), kind, key)
            : null;
}
