using System.Net.WebSockets;
using Rx.Sip.Transports.WebSockets;
using Xunit;

namespace Rx.Sip.Tests.Transports.WebSockets;

public sealed class GatheringStreamTests : IDisposable
{
    private readonly RecordedWrites _inner = new();

    public void Dispose() => _inner.Dispose();

    [Fact]
    public async Task What_is_written_leaves_at_once()
    {
        await using var stream = new GatheringStream(_inner, 100);

        await stream.WriteAsync(new byte[] { 1, 2 }, TestContext.Current.CancellationToken);

        Assert.Equal([[1, 2]], _inner.Writes);
    }

    [Fact]
    public async Task What_is_written_while_it_is_held_leaves_together()
    {
        await using var stream = new GatheringStream(_inner, 100);
        stream.Hold();
        await stream.WriteAsync(new byte[] { 1, 2 }, TestContext.Current.CancellationToken);
        await stream.WriteAsync(new byte[] { 3 }, TestContext.Current.CancellationToken);
        Assert.Empty(_inner.Writes);
        Assert.Equal(3, stream.Gathered);

        await stream.LeaveAsync();
        await stream.LeaveAsync();

        Assert.Equal([[1, 2, 3]], _inner.Writes);
        Assert.Equal(0, stream.Gathered);
    }

    [Fact]
    public async Task What_comes_while_a_write_is_under_way_leaves_with_the_next_and_is_waited_for()
    {
        await using var stream = new GatheringStream(_inner, 100);
        _inner.Stall();
        var first = stream.WriteAsync(new byte[] { 1 }, TestContext.Current.CancellationToken).AsTask();
        stream.Hold();
        await stream.WriteAsync(new byte[] { 2 }, TestContext.Current.CancellationToken);
        await stream.WriteAsync(new byte[] { 3 }, TestContext.Current.CancellationToken);
        var second = stream.LeaveAsync().AsTask();
        Assert.False(first.IsCompleted || second.IsCompleted);

        _inner.GoOn();
        await Task.WhenAll(first, second);

        Assert.Equal([[1], [2, 3]], _inner.Writes);
    }

    [Fact]
    public async Task Answers_that_nobody_takes_do_not_pile_up()
    {
        await using var stream = new GatheringStream(_inner, 10);
        _inner.Stall();
        var first = stream.WriteAsync(new byte[100], TestContext.Current.CancellationToken).AsTask();
        await stream.WriteAsync(new byte[10], TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(async () => await stream.WriteAsync(new byte[1], TestContext.Current.CancellationToken));

        _inner.GoOn();
        await first;
        Assert.Equal([100, 10], _inner.Writes.Select(write => write.Length));
    }

    [Fact]
    public async Task Behind_a_write_that_failed_nothing_is_written()
    {
        await using var stream = new GatheringStream(_inner, 100);
        _inner.Fail();
        await Assert.ThrowsAsync<IOException>(async () => await stream.WriteAsync(new byte[1], TestContext.Current.CancellationToken));

        stream.Hold();
        await stream.WriteAsync(new byte[1], TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<IOException>(async () => await stream.LeaveAsync());

        Assert.Empty(_inner.Writes);
    }

    [Fact]
    public async Task What_is_over_takes_and_holds_nothing()
    {
        var stream = new GatheringStream(_inner, 100);
        stream.Hold();
        await stream.WriteAsync(new byte[] { 1 }, TestContext.Current.CancellationToken);

        await stream.DisposeAsync();

        Assert.Equal(0, stream.Gathered);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await stream.WriteAsync(new byte[] { 1 }, TestContext.Current.CancellationToken));
        Assert.Empty(_inner.Writes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_of_a_websocket_share_a_write(bool isServer)
    {
        await using var stream = new GatheringStream(_inner, 100);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = isServer });
        stream.Hold();
        for (var i = 0; i < 20; i++)
            await socket.SendAsync(new byte[50].AsMemory(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        Assert.Empty(_inner.Writes);

        await stream.LeaveAsync();

        Assert.Equal(20 * (50 + 2 + (isServer ? 0 : 4)), Assert.Single(_inner.Writes).Length);
    }

    private sealed class RecordedWrites : MemoryStream
    {
        private TaskCompletionSource _open = Opened();

        public List<byte[]> Writes { get; } = [];

        public void Stall() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void GoOn() => _open.SetResult();

        public void Fail()
        {
            Stall();
            _open.SetException(new IOException("The peer is gone."));
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _open.Task.WaitAsync(cancellationToken);
            Writes.Add(buffer.ToArray());
        }

        private static TaskCompletionSource Opened()
        {
            var opened = new TaskCompletionSource();
            opened.SetResult();
            return opened;
        }
    }
}
