namespace Rx.Sip.Runtime;

/// <summary>
/// Something that is to happen later: a place in a queue of a <see cref="TimerTable"/>. Linked in place, so starting and
/// stopping allocate nothing; derive from it what owns the timer. An entry is pending at most once.
/// </summary>
internal abstract class TimerEntry
{
    /// <summary>The queue the entry waits in; null while it is not pending.</summary>
    internal TimerQueue? Queue { get; set; }

    internal TimerEntry? Previous { get; set; }

    internal TimerEntry? Next { get; set; }

    /// <summary>When it is due, on the clock of the table.</summary>
    internal TimeSpan Due { get; set; }

    public bool IsPending => Queue is not null;

    /// <summary>Called inside the mailbox when the time has come; the entry is not pending any more and may be started anew.</summary>
    internal abstract void Fire();
}
