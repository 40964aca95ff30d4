namespace Rx.Sip.Transports.Limits;

/// <summary>
/// Whether a connection is read: not while anybody wants it to wait, nor while more of its messages wait for the protocol than its share, so that one
/// that sends fast does not keep the others waiting. Safe from any thread.
/// </summary>
/// <param name="way">The connection.</param>
/// <param name="share">How many of its messages may wait.</param>
internal sealed class FlowGate(ITransportFlow way, int share)
{
    private readonly Lock _gate = new();
    private int _pauses;
    private int _waiting;
    private bool _isCrowded;

    /// <summary>One who wants the connection to wait.</summary>
    public void Pause()
    {
        lock (_gate)
            if (_pauses++ == 0)
                way.Pause();
    }

    /// <summary>One less.</summary>
    public void Resume()
    {
        lock (_gate)
            if (--_pauses == 0)
                way.Resume();
    }

    /// <summary>A message waits for the protocol.</summary>
    public void Enter() => Interlocked.Increment(ref _waiting);

    /// <summary>The protocol has the message.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _waiting) != share / 2)
            return;
        lock (_gate)
        {
            if (!_isCrowded)
                return;
            _isCrowded = false;
        }
        Resume();
    }

    /// <summary>Lets the connection wait if too many of its messages do, until half of them don't; true when it has to. By its reader, which is who adds to them.</summary>
    public bool PauseIfCrowded()
    {
        if (Volatile.Read(ref _waiting) <= share)
            return false;
        lock (_gate)
        {
            if (_isCrowded || Volatile.Read(ref _waiting) <= share)
                return false;
            _isCrowded = true;
        }
        Pause();
        return true;
    }
}
