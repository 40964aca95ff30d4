namespace Rx.Sip.Transports;

/// <summary>The instants of one connection, and what follows from them. Written by the threads that read and send, judged in the mailbox.</summary>
internal sealed class FlowTimes(ConnectionManagerSettings settings, DateTimeOffset made)
{
    private long _active = made.UtcTicks;
    // When the first octets came of the message that is not whole yet; 0 when none is.
    private long _begun;
    private volatile bool _stands;

    /// <summary>Whether the connection stands.</summary>
    public bool Stands => _stands;

    /// <summary>When the connection is to be looked at next: nothing is overdue before.</summary>
    public DateTimeOffset Due
    {
        get
        {
            if (!_stands)
                return After(made, settings.ConnectTimeout);
            var idle = After(At(Volatile.Read(ref _active)), settings.IdleTimeout);
            var slow = After(At(Volatile.Read(ref _begun)), settings.TrafficLimits.MessageTimeout);
            return Volatile.Read(ref _begun) != 0 && slow < idle ? slow : idle;
        }
    }

    /// <summary>Octets went over the connection.</summary>
    public void Active(DateTimeOffset now) => Volatile.Write(ref _active, now.UtcTicks);

    /// <summary>The connection stands.</summary>
    public void Stand(DateTimeOffset now)
    {
        Active(now);
        _stands = true;
    }

    /// <summary>A part of a message waits for the rest.</summary>
    public void Begin(DateTimeOffset now) => Volatile.Write(ref _begun, now.UtcTicks);

    /// <summary>Whether a part of a message waits for the rest.</summary>
    public bool HasBegun => Volatile.Read(ref _begun) != 0;

    /// <summary>No part of a message waits.</summary>
    public void Finish() => Volatile.Write(ref _begun, 0);

    /// <summary>What is overdue now.</summary>
    public Overdue OverdueAt(DateTimeOffset now)
    {
        if (!_stands)
            return now >= After(made, settings.ConnectTimeout) ? Overdue.Connecting : Overdue.Nothing;
        if (HasBegun && now >= After(At(Volatile.Read(ref _begun)), settings.TrafficLimits.MessageTimeout))
            return Overdue.Message;
        return now >= After(At(Volatile.Read(ref _active)), settings.IdleTimeout) ? Overdue.Traffic : Overdue.Nothing;
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    // A negative or huge span stands for never.
    private static DateTimeOffset After(DateTimeOffset instant, TimeSpan span) =>
        span < TimeSpan.Zero || span > DateTimeOffset.MaxValue - instant ? DateTimeOffset.MaxValue : instant + span;
}
