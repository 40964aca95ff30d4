using System.Net;
using Rx.Sip.Messages;

namespace Rx.Sip.Tests.Transactions;

/// <summary>A message that was sent.</summary>
internal sealed record WireMessage(TimeSpan At, SipTransportType Transport, IPEndPoint From, IPEndPoint To, SipMessage Message)
{
    public SipRequest Request => (SipRequest)Message;

    public SipResponse Response => (SipResponse)Message;

    /// <summary>The method, or the status and the method it answers.</summary>
    public string Name => Message is SipRequest request ? request.Method.Name : $"{Response.StatusCode} {Message.CSeq?.Method.Name}";

    public static WireMessage Read(TimeSpan at, SipTransportType transport, IPEndPoint from, IPEndPoint to, ReadOnlySpan<byte> octets) =>
        new(at, transport, from, to, SipParser.Parse(octets.ToArray()) is SipParseResult.Parsed parsed ? parsed.Message : throw new InvalidOperationException("No message was sent."));

    public override string ToString() => $"{At.TotalSeconds:0.###} {From} -> {To} {Transport} {Name}";
}
