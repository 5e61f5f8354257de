namespace Ticklake.Runtime.Pipeline;

/// <summary>How far a rebuilt book can be trusted.</summary>
public enum BookStatus : byte
{
    /// <summary>No snapshot yet.</summary>
    Empty,

    /// <summary>Whole since its snapshot.</summary>
    Valid,

    /// <summary>Something was lost or proved wrong; wrong until a snapshot or a matching checksum says otherwise.</summary>
    Doubted,
}
