using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.WebSockets;

/// <summary>RFC 7118 over loopback; the framework's own client and a hand-made one are the strangers.</summary>
public sealed class WebSocketTransportTests : IAsyncDisposable
{
    private const string Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private const string Upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13";
    private const string Protocol = "Sec-WebSocket-Protocol: sip";

    private readonly SinkRecorder _server = new();
    private readonly WebSocketTransport _transport = new();
    private readonly ITransportListener _listener;

    public WebSocketTransportTests() => _listener = _transport.Listen(Loopback.Any("127.0.0.1"), _server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _transport.DisposeAsync();

    [Fact]
    public async Task Each_message_stays_one_however_they_come_together()
    {
        await using var other = new WebSocketTransport();
        var client = new SinkRecorder();
        var flow = other.Connect(_listener.LocalEndPoint, client);
        for (var i = 0; i < 100; i++)
            flow.Send(Loopback.Octets($"message {i}"));

        for (var i = 0; i < 100; i++)
            Assert.Equal($"message {i}", _server.NextReceived().Text);

        flow.Send(Loopback.Octets("and the last"));
        flow.Close();
        Assert.Equal("and the last", _server.NextReceived().Text);
        Assert.Null(_server.NextClosed().Error);
        Assert.Null(client.NextClosed().Error);
    }

    [Fact]
    public async Task A_browser_is_understood_in_text_in_binary_and_in_fragments()
    {
        using var browser = new ClientWebSocket();
        browser.Options.AddSubProtocol("sip");
        await browser.ConnectAsync(new Uri($"ws://{_listener.LocalEndPoint}/sip"), Cancellation);

        await browser.SendAsync("text"u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);
        await browser.SendAsync(new byte[] { 0xff, 0xfe }, WebSocketMessageType.Binary, true, Cancellation);
        await browser.SendAsync(new byte[5000], WebSocketMessageType.Binary, false, Cancellation);
        await browser.SendAsync(new byte[5000], WebSocketMessageType.Binary, true, Cancellation);
        var (flow, text) = _server.NextReceived();
        flow.Send(Loopback.Octets("answer"));
        var answer = new byte[100];
        var received = await browser.ReceiveAsync(answer, Cancellation);

        Assert.Equal("sip", browser.SubProtocol);
        Assert.Equal("text", text);
        Assert.Equal(2, _server.NextReceived().Text.Length);
        Assert.Equal(10_000, _server.NextReceived().Text.Length);
        Assert.Equal(("answer", WebSocketMessageType.Text), (Encoding.UTF8.GetString(answer, 0, received.Count), received.MessageType));
        await browser.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        Assert.Null(_server.NextClosed().Error);
    }

    [Fact]
    public async Task A_message_that_is_too_large_ends_its_connection()
    {
        using var browser = new ClientWebSocket();
        browser.Options.AddSubProtocol("sip");
        await browser.ConnectAsync(new Uri($"ws://{_listener.LocalEndPoint}"), Cancellation);

        var sending = browser.SendAsync(new byte[8 * 1024 * 1024], WebSocketMessageType.Binary, true, Cancellation);

        Assert.IsType<InvalidDataException>(_server.NextClosed().Error);
        await Record.ExceptionAsync(() => sending);
    }

    [Theory]
    [InlineData($"POST / HTTP/1.1\r\n{Upgrade}\r\n{Key}\r\n{Protocol}", "400")]
    [InlineData($"GET / HTTP/1.0\r\n{Upgrade}\r\n{Key}\r\n{Protocol}", "400")]
    [InlineData($"GET / HTTP/1.1\r\n{Key}\r\n{Protocol}", "426")]
    [InlineData($"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n{Key}\r\n{Protocol}", "426")]
    [InlineData($"GET / HTTP/1.1\r\n{Upgrade}\r\nSec-WebSocket-Key: short\r\n{Protocol}", "400")]
    [InlineData($"GET / HTTP/1.1\r\n{Upgrade}\r\n{Key}", "400")]
    [InlineData($"GET / HTTP/1.1\r\n{Upgrade}\r\n{Key}\r\nSec-WebSocket-Protocol: chat", "400")]
    public void A_wrong_handshake_is_answered_and_closed(string head, string status)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", Answer(head + "\r\n\r\n"), StringComparison.Ordinal);
        Assert.NotNull(_server.NextClosed().Error);
    }

    [Fact]
    public void A_right_handshake_is_answered_as_rfc_6455_shows_it()
    {
        var answer = Answer($"GET / HTTP/1.1\r\n{Upgrade}\r\n{Key}\r\nSec-WebSocket-Protocol: chat, SIP\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Protocol: sip\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", "404")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\nSec-WebSocket-Protocol: sip\r\n\r\n", "wrong")]
    [InlineData("SIP/2.0 200 OK\r\n\r\n", "no WebSocket")]
    public void A_server_that_answers_wrongly_is_left(string answer, string message)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new SinkRecorder();
        var flow = _transport.Connect((IPEndPoint)listener.LocalEndpoint, client);
        using var accepted = listener.AcceptSocket();
        accepted.Receive(new byte[4096]);

        accepted.Send(Encoding.ASCII.GetBytes(answer));

        var (closed, error) = client.NextClosed();
        Assert.Same(flow, closed);
        Assert.Contains(message, Assert.IsType<InvalidDataException>(error).Message, StringComparison.Ordinal);
    }

    private string Answer(string head)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(_listener.LocalEndPoint);
        socket.Send(Encoding.ASCII.GetBytes(head));
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
    }
}
