using Rx.Sip.Transports.Limits;

namespace Rx.Sip.Transports.WebSockets;

/// <summary>Messages that wait to be written one by one. Any thread adds, one writer at a time takes; nothing is taken before <see cref="Release"/>.</summary>
internal sealed class MessageQueue(int maxOctets, OctetBudget budget)
{
    private readonly Lock _gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = [];
    private int _octets;
    private bool _held = true;
    private bool _busy;
    private bool _stalled;
    private bool _closed;

    /// <summary>Octets that are not written yet; looking costs nothing.</summary>
    public int Unsent => Volatile.Read(ref _octets);

    public QueueChange Add(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            if (_closed)
                return QueueChange.Closed;
            if (_octets + (long)message.Length > maxOctets)
                return QueueChange.Overflow;
            if (!budget.TryGrow(_octets, _octets + message.Length))
                return QueueChange.OverBudget;
            _waiting.Enqueue(message);
            _octets += message.Length;
            if (_held || _busy)
                return QueueChange.Queued;
            _busy = true;
            return QueueChange.First;
        }
    }

    /// <summary>Lets messages be taken from now on; true when some wait, and the caller is the one to write them.</summary>
    public bool Release()
    {
        lock (_gate)
        {
            _held = false;
            return _busy = _waiting.Count > 0;
        }
    }

    /// <summary>
    /// Takes the next message, for the one writer there is, and says whether it is the last that waits; false when there is none, and the
    /// writer's work is over.
    /// </summary>
    public bool TryTake(out ReadOnlyMemory<byte> message, out bool isLast)
    {
        lock (_gate)
        {
            _stalled = false;
            _busy = _waiting.TryDequeue(out message);
            isLast = _waiting.Count == 0;
            budget.Shrink(_octets, _octets - message.Length);
            _octets -= message.Length;
            return _busy;
        }
    }

    /// <summary>The writer says that the peer takes no more for now; true when nobody should wait for that any more.</summary>
    public bool Stall()
    {
        lock (_gate)
        {
            _stalled = true;
            return _closed;
        }
    }

    /// <summary>
    /// Refuses messages from now on. Queued: a writer is at work and ends the connection behind what waits. First: the caller has a writer
    /// do that. Closed: nobody will, and the connection can be ended.
    /// </summary>
    public QueueChange Close()
    {
        lock (_gate)
        {
            if (_closed)
                return QueueChange.Queued;
            _closed = true;
            if (_held || _stalled)
                return QueueChange.Closed;
            if (_busy)
                return QueueChange.Queued;
            _busy = true;
            return QueueChange.First;
        }
    }

    /// <summary>Whether nothing can be added any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _closed;
        }
    }

    /// <summary>Drops what waits.</summary>
    public void Free()
    {
        lock (_gate)
        {
            _closed = true;
            _waiting.Clear();
            budget.Shrink(_octets, 0);
            _octets = 0;
        }
    }
}
