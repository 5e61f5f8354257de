namespace Ticklake.Runtime.Recording;

/// <summary>A session's journal folder by the name of one of its files: what all its rows have in common.</summary>
static class SessionFolders
{
    public static string Of(string sourceFile) => sourceFile[..(sourceFile.LastIndexOf('/') + 1)];
}
