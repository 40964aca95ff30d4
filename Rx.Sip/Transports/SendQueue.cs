using System.Buffers;

namespace Rx.Sip.Transports;

/// <summary>
/// Octets that wait to be written, in one piece however many messages they are. Any thread adds, one writer at a time takes; nothing
/// is taken before <see cref="Release"/>. Its buffers are the pool's and held only while something waits.
/// </summary>
internal sealed class SendQueue(int maxOctets)
{
    private const int FirstBuffer = 2048;

    private readonly Lock _gate = new();
    private byte[] _waiting = [];
    private byte[] _taken = [];
    private int _waitingLength;
    private int _takenLength;
    private bool _held = true;
    private bool _busy;
    private bool _stalled;
    private bool _closed;
    private bool _freed;

    /// <summary>Whether nothing can be added any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _closed;
        }
    }

    public QueueChange Add(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            if (_closed)
                return QueueChange.Closed;
            if (_waitingLength + _takenLength + (long)octets.Length > maxOctets)
                return QueueChange.Overflow;
            Append(octets);
            if (_held || _busy)
                return QueueChange.Queued;
            _busy = true;
            return QueueChange.First;
        }
    }

    /// <summary>Lets octets be taken from now on; true when some wait, and the caller is the one to write them.</summary>
    public bool Release()
    {
        lock (_gate)
        {
            _held = false;
            return _busy = _waitingLength > 0;
        }
    }

    /// <summary>Takes all that waits, for the one writer there is; false when there is nothing, and the writer's work is over.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> octets)
    {
        lock (_gate)
        {
            _stalled = false;
            (_taken, _waiting) = (_waiting, _taken);
            (_takenLength, _waitingLength) = (_waitingLength, 0);
            _busy = _takenLength > 0 && !_freed;
            octets = _taken.AsMemory(0, _takenLength);
            if (!_busy)
                ReturnBuffers();
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

    /// <summary>Refuses octets from now on; true unless a writer is at work on those that wait, and will be done at once.</summary>
    public bool Close()
    {
        lock (_gate)
        {
            _closed = true;
            return !_busy || _stalled;
        }
    }

    /// <summary>Drops what waits and gives the buffers back, or lets the writer do it that is still at work.</summary>
    public void Free()
    {
        lock (_gate)
        {
            _closed = _freed = true;
            if (!_busy)
                ReturnBuffers();
        }
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        if (_waitingLength + octets.Length > _waiting.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, Math.Max(_waitingLength + octets.Length, _waiting.Length * 2)));
            _waiting.AsSpan(0, _waitingLength).CopyTo(larger);
            Return(_waiting);
            _waiting = larger;
        }
        octets.CopyTo(_waiting.AsSpan(_waitingLength));
        _waitingLength += octets.Length;
    }

    private void ReturnBuffers()
    {
        Return(_waiting);
        Return(_taken);
        (_waiting, _taken, _waitingLength, _takenLength) = ([], [], 0, 0);
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
