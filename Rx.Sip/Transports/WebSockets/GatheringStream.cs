using System.Buffers;

namespace Rx.Sip.Transports.WebSockets;

/// <summary>
/// Stands below a WebSocket, which writes each frame by itself: frames written while it is held leave together in one write, and so do
/// those that come while a write is under way. Holds no buffer when nothing waits.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="maxAnswers">Octets that may wait behind a write that the peer does not take, for what the WebSocket writes of its own accord: pongs.</param>
internal sealed class GatheringStream(Stream inner, int maxAnswers) : Stream
{
    private const int FirstBuffer = 4096;

    private readonly Lock _gate = new();
    private byte[] _buffer = [];
    private int _length;
    private bool _isHeld;
    private bool _isWriting;
    private bool _isOver;
    private Task _writing = Task.CompletedTask;

    /// <summary>One over a connection, to be disposed by whoever ends that.</summary>
    public static GatheringStream Over(Stream connection, int maxAnswers) => new(connection, maxAnswers);

    /// <summary>Octets that wait to leave together.</summary>
    public int Gathered => Volatile.Read(ref _length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gathers what is written from now on.</summary>
    public void Hold()
    {
        lock (_gate)
            _isHeld = true;
    }

    /// <summary>Has what was gathered leave; completes when the connection has taken it.</summary>
    public ValueTask LeaveAsync()
    {
        lock (_gate)
        {
            _isHeld = false;
            return new ValueTask(Write());
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            if (_isWriting && !_isHeld && _length + buffer.Length > maxAnswers)
                throw new IOException("The peer asks and takes no answers.");
            Append(buffer.Span);
            return _isHeld || _isWriting ? default : new ValueTask(Write());
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // What is gathered leaves when it is told to, and nothing else waits.
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _isOver = true;
                GiveBack();
            }
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    // One write at a time: who comes while it is under way waits for it, and so for what it takes along.
    private Task Write()
    {
        if (_isWriting || _length == 0)
            return _writing;
        _isWriting = true;
        return _writing = WriteAllAsync();
    }

    // After a failure nothing is written any more.
    private async Task WriteAllAsync()
    {
        while (TryTake(out var octets, out var length))
            try
            {
                await inner.WriteAsync(octets.AsMemory(0, length)).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(octets);
            }
    }

    private bool TryTake(out byte[] octets, out int length)
    {
        lock (_gate)
        {
            (octets, length) = (_buffer, _length);
            (_buffer, _length) = ([], 0);
            return _isWriting = length > 0;
        }
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        if (_length + octets.Length > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, Math.Max(_length + octets.Length, _buffer.Length * 2)));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            var length = _length;
            GiveBack();
            (_buffer, _length) = (larger, length);
        }
        octets.CopyTo(_buffer.AsSpan(_length));
        _length += octets.Length;
    }

    private void GiveBack()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }
}
