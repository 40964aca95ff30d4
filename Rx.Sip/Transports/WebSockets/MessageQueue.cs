namespace Rx.Sip.Transports.WebSockets;

/// <summary>Messages that wait to be written one by one. Any thread adds, one writer at a time takes; nothing is taken before <see cref="Release"/>.</summary>
internal sealed class MessageQueue(int maxOctets)
{
    private readonly Lock _gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = [];
    private int _octets;
    private bool _held = true;
    private bool _busy;
    private bool _closed;

    public QueueChange Add(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            if (_closed)
                return QueueChange.Closed;
            if (_octets + (long)message.Length > maxOctets)
                return QueueChange.Overflow;
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

    /// <summary>Takes the next message, for the one writer there is; false when there is none, and the writer's work is over.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            _busy = _waiting.TryDequeue(out message);
            _octets -= message.Length;
            return _busy;
        }
    }

    /// <summary>Refuses messages from now on; true unless a writer is at work on those that wait.</summary>
    public bool Close()
    {
        lock (_gate)
        {
            _closed = true;
            return !_busy;
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
            _octets = 0;
        }
    }
}
