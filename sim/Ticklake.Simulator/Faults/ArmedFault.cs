namespace Ticklake.Simulator.Faults;

/// <summary>A fault waiting for its moment. Used with the timeline's gate held.</summary>
public sealed class ArmedFault
{
    int _seen;

    internal ArmedFault(int ordinal, FaultSpec spec, long fromUs)
    {
        Ordinal = ordinal;
        Spec = spec;
        FromUs = fromUs;
    }

    /// <summary>1 for the first fault of the run; the truth log refers to it.</summary>
    public int Ordinal { get; }

    public FaultSpec Spec { get; }

    /// <summary>How often it has struck.</summary>
    public int Struck { get; private set; }

    internal long FromUs { get; }

    internal bool IsSpent => Struck >= Spec.Times;

    /// <summary>The message was not fit to be struck: the next one is tried.</summary>
    internal void Postpone() => Struck--;

    /// <summary>Counts a matching message; true when this is one to strike at.</summary>
    internal bool Strikes(long nowUs)
    {
        if (IsSpent || nowUs < FromUs || ++_seen < Spec.AfterMessages)
            return false;
        Struck++;
        return true;
    }
}
