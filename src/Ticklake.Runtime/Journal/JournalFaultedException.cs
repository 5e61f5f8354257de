namespace Ticklake.Runtime.Journal;

/// <summary>Raised where somebody waits for the journal and the disk refuses it.</summary>
public sealed class JournalFaultedException : IOException
{
    public JournalFaultedException(JournalFault fault)
        : base(fault.What, fault.Cause) => Fault = fault;

    public JournalFault Fault { get; }
}
