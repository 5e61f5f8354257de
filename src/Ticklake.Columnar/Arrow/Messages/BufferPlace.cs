namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>Where a buffer lies in its message's body, without padding (Schema.fbs, Buffer).</summary>
readonly record struct BufferPlace(long Offset, long Length);
