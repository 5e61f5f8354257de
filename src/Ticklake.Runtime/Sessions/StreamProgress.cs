using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Sessions;

/// <summary>How far a stream was on its connection when it was asked.</summary>
public readonly record struct StreamProgress(StreamKey Key, StreamStage Stage, DateTimeOffset Since, DateTimeOffset? LastData)
{
    // What the old connection delivers so soon after the new subscription may have been sent before it.
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A stream that the old connection delivers and the new one does not, or null. A stream that is quiet on both is
    /// lacking in neither once the new subscription is acknowledged.
    /// </summary>
    public static StreamKey? FirstLacking(IEnumerable<StreamProgress> old, IEnumerable<StreamProgress> replacement)
    {
        var known = replacement.ToDictionary(p => p.Key);
        foreach (var stream in old)
        {
            if (stream.Stage != StreamStage.Live)
                continue;
            var isThere = known.TryGetValue(stream.Key, out var there) && there.Stage switch
            {
                StreamStage.Live => true,
                StreamStage.Acknowledged => stream.LastData is not { } last || last <= there.Since + Grace,
                _ => false,
            };
            if (!isThere)
                return stream.Key;
        }

        return null;
    }
}
