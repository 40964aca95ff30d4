using System.Text;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>Messages to read typed headers from and write them into.</summary>
internal static class Given
{
    private static readonly SipUri Bob = SipUri.Parse("sip:bob@example.test");

    public static SipRequest Request { get; } =
        SipRequest.Create(SipMethod.Invite, Bob, new NameAddress(Bob).WithTag("a"), new NameAddress(Bob), "c1", 7)
            .WithFirstHeader("Via", "SIP/2.0/UDP host.example.test;branch=z9hG4bK1")
            .WithHeader("X-Unknown", "kept");

    public static SipResponse Response { get; } = SipResponse.For(Request, 200, null, "b");

    /// <summary>A request that came with that header. Content-Length, which is always written, is put into its text.</summary>
    public static SipMessage Received(string name, string value) =>
        name == "Content-Length" ? WithLengthLine($"Content-Length: {value}\r\n") : Request.WithHeader(name, value);

    /// <summary>A request without that header, however needed it is.</summary>
    public static SipMessage Bare(string name) => name == "Content-Length" ? WithLengthLine("") : Request.WithoutHeader(name);

    public static SipRequest Reread(SipRequest request)
    {
        Assert.True(SipRequest.TryParse(request.ToWireString(), out var read), request.ToWireString());
        return read;
    }

    private static SipMessage WithLengthLine(string line)
    {
        var text = Request.ToWireString().Replace("Content-Length: 0\r\n", line, StringComparison.Ordinal);
        return SipParser.Parse(Encoding.UTF8.GetBytes(text)).Match(message => message, error => error.Readable!);
    }
}
