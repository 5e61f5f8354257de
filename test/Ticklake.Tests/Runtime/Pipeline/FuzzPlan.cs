using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>What a <see cref="FuzzRun"/> does.</summary>
/// <param name="Exchange">Its id.</param>
/// <param name="Good">The frames of a session, in order.</param>
/// <param name="BadFrames">How many bad frames come between them, at least.</param>
/// <param name="Seed">Of the mutations.</param>
sealed record FuzzPlan(string Exchange, IReadOnlyList<byte[]> Good, int BadFrames, int Seed)
{
    /// <summary>Bad frames that are not left to chance.</summary>
    public IEnumerable<byte[]> Hostile { get; init; } = [];

    /// <summary>
    /// Brings a new session to where the recording alone stands after the frame of this index, as subscriptions and
    /// snapshots would bring a live one; null where the good frames are no such thing.
    /// </summary>
    public Action<PipelineRig, int>? Resubscribe { get; init; }

    /// <summary>Bad object frames that decode, before the decoder that judges is replaced.</summary>
    public int JudgeLasts { get; init; } = 1;

    public byte[] Mutated(Random random)
    {
        var (frame, other) = (Good[random.Next(Good.Count)], Good[random.Next(Good.Count)]);
        switch (random.Next(16))
        {
            case 0:
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return frame[..random.Next(frame.Length)];
            case 2:
                return [.. Enumerable.Repeat((byte)(random.Next(2) == 0 ? '[' : '{'), random.Next(1, 500))];
            case < 10:
                return HostileFrames.WithOneValueChanged(frame, other, random);
            default:
                return FrameMutation.Of(frame, other, random);
        }
    }
}
