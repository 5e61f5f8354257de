namespace Ticklake.Runtime.Export;

/// <summary>An export that was not begun; the message says to a person why, and what would be right.</summary>
public sealed class ExportRefusedException : Exception
{
    public ExportRefusedException()
    {
    }

    public ExportRefusedException(string message)
        : base(message)
    {
    }

    public ExportRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
