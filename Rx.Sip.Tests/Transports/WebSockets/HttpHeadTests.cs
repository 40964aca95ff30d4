using System.Text;
using Rx.Sip.Transports.WebSockets;
using Xunit;

namespace Rx.Sip.Tests.Transports.WebSockets;

public class HttpHeadTests
{
    [Fact]
    public async Task A_head_is_read_and_nothing_behind_it()
    {
        using var stream = new MemoryStream("GET / HTTP/1.1\r\nUpgrade: WebSocket\r\nconnection: keep-alive\r\nConnection: Upgrade\r\n\r\nmore"u8.ToArray());

        var head = await HttpHead.ReadAsync(stream);

        Assert.Equal("GET / HTTP/1.1", head.FirstLine);
        Assert.True(head.Lists("upgrade", "websocket"));
        Assert.True(head.Lists("Connection", "upgrade"));
        Assert.False(head.Lists("Connection", "up"));
        Assert.Equal(4, stream.Length - stream.Position);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n: no name\r\n\r\n")]
    public async Task What_is_no_head_is_refused(string text) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Read(text));

    [Fact]
    public async Task A_head_without_an_end_is_refused_before_it_fills_the_memory() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Read("GET / HTTP/1.1\r\nX: " + new string('x', 100_000)));

    [Fact]
    public async Task A_head_that_is_cut_off_is_refused() =>
        await Assert.ThrowsAsync<EndOfStreamException>(() => Read("GET / HTTP/1.1\r\n"));

    private static async Task<HttpHead> Read(string text)
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(text));
        return await HttpHead.ReadAsync(stream);
    }
}
