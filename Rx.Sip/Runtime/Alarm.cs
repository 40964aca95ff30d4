namespace Rx.Sip.Runtime;

/// <summary>Something that is to happen at an instant of its own: kept by an <see cref="AlarmTable"/>, set at most once. Derive from it what owns the alarm.</summary>
internal abstract class Alarm
{
    /// <summary>Whether it will ring.</summary>
    public bool IsSet { get; internal set; }

    /// <summary>Counts how often it was set: an entry of an earlier time is stale.</summary>
    internal int Generation { get; set; }

    /// <summary>Called inside the mailbox when the time has come; the alarm is not set any more and may be set anew.</summary>
    internal abstract void Ring();
}
