using System.Buffers;
using Rx.Sip.Transports.Limits;

namespace Rx.Sip.Transports;

/// <summary>
/// Octets that wait to be written, in one piece however many messages they are. Any thread adds, one writer at a time takes; nothing
/// is taken before <see cref="Release"/>. Its buffers are the pool's and held only while something waits.
/// </summary>
internal sealed class SendQueue(int maxOctets, OctetBudget budget)
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
    private TaskCompletionSource? _left;

    /// <summary>Whether nothing can be added any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _closed;
        }
    }

    /// <summary>Octets that are not written yet; looking costs nothing.</summary>
    public int Unsent => Volatile.Read(ref _waitingLength) + Volatile.Read(ref _takenLength);

    public QueueChange Add(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            if (_closed)
                return QueueChange.Closed;
            if (_waitingLength + _takenLength + (long)octets.Length > maxOctets)
                return QueueChange.Overflow;
            if (!TryAppend(octets))
                return QueueChange.OverBudget;
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
            {
                ReturnBuffers();
                _left?.TrySetResult();
            }
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

    /// <summary>Drops what waits; done when the buffers are given back, which is up to the writer as long as one is at work.</summary>
    public Task FreeAsync()
    {
        lock (_gate)
        {
            _closed = _freed = true;
            if (_busy)
                return (_left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            ReturnBuffers();
            return Task.CompletedTask;
        }
    }

    private bool TryAppend(ReadOnlySpan<byte> octets)
    {
        if (_waitingLength + octets.Length > _waiting.Length && !TryEnlarge(_waitingLength + octets.Length))
            return false;
        octets.CopyTo(_waiting.AsSpan(_waitingLength));
        _waitingLength += octets.Length;
        return true;
    }

    private bool TryEnlarge(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, Math.Max(needed, _waiting.Length * 2)));
        if (!budget.TryGrow(_waiting.Length, larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }
        _waiting.AsSpan(0, _waitingLength).CopyTo(larger);
        if (_waiting.Length > 0)
            ArrayPool<byte>.Shared.Return(_waiting);
        _waiting = larger;
        return true;
    }

    private void ReturnBuffers()
    {
        Return(_waiting);
        Return(_taken);
        (_waiting, _taken, _waitingLength, _takenLength) = ([], [], 0, 0);
    }

    private void Return(byte[] buffer)
    {
        if (buffer.Length == 0)
            return;
        budget.Return(buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
