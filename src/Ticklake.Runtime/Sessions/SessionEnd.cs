namespace Ticklake.Runtime.Sessions;

/// <summary>Why a session ended.</summary>
public enum SessionEndKind : byte
{
    /// <summary>It was asked to.</summary>
    Stopped,

    /// <summary>The connection could not be made.</summary>
    ConnectFailed,

    /// <summary>The server closed, the connection broke, or it could not be trusted any more.</summary>
    Lost,

    /// <summary>The exchange cannot be recorded as configured; trying again soon is of no use.</summary>
    Unusable,
}

/// <param name="Kind">Why.</param>
/// <param name="Reason">For people.</param>
/// <param name="HadData">Whether any stream delivered: then the next attempt starts with the shortest delay.</param>
/// <param name="HandshakeStatus">HTTP status of a refused handshake, or 0.</param>
public sealed record SessionEnd(SessionEndKind Kind, string Reason, bool HadData, int HandshakeStatus = 0);
