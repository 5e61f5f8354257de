namespace Ticklake.Simulator.Recordings;

/// <summary>One recorded REST answer.</summary>
sealed record RecordedAnswer(string PathAndQuery, int Status, byte[] Body);
