using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>How a recorder gets over a fault.</summary>
enum Cure
{
    /// <summary>Nothing has to be done, or nothing can be.</summary>
    None,

    /// <summary>A book is proven right again, after a resubscription or a snapshot by REST.</summary>
    Resynced,

    /// <summary>The stream is asked for again and delivers.</summary>
    Resubscribed,

    /// <summary>A new connection after a pause.</summary>
    Reconnected,

    /// <summary>A new connection that takes over.</summary>
    Replaced,
}

/// <summary>One cell of the matrix: what goes wrong and what a recorder must do about it.</summary>
/// <param name="Exchange">Where.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Kinds">Kinds of <c>controls</c> rows that must be there; the first names the frame that shows the fault.</param>
/// <param name="Cure">What must happen then.</param>
/// <param name="Faults">Armed in this order; the last one is what the case is about.</param>
sealed record FaultCase(string Exchange, string Name, string[] Kinds, Cure Cure, params FaultSpec[] Faults)
{
    /// <summary>Variant of the book stream, where it is not the rig's usual one.</summary>
    public string? BookVariant { get; init; }

    /// <summary>Findings that may come with it.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>The hole its stream's segments must declare, or null where there is none.</summary>
    public string? Hole { get; init; }

    /// <summary>Table of the stream that has the hole; null = every table of the connection.</summary>
    public string? HoleIn { get; init; }

    /// <summary>Nothing is lost in the end: every stream has exactly the true rows.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Armed before the recorder connects.</summary>
    public bool IsFromTheStart { get; init; }

    /// <summary>Simulated time to let pass before anything is judged.</summary>
    public TimeSpan Lasts { get; init; }

    /// <summary>Simulated time within which it must be healed.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Simulated time that the exchange has asked to wait.</summary>
    public TimeSpan NotBefore { get; init; }

    /// <summary>How often books are compared with the exchange's own, or null for never.</summary>
    public TimeSpan? ReconcileEvery { get; init; }

    public override string ToString() => $"{Exchange} {Name}";
}
