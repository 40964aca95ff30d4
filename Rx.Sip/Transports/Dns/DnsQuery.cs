using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Rx.Sip.Transports.Dns;

/// <summary>
/// One query to one server. What is accepted as its response comes from that address, has its 16 random bits and repeats its
/// question; its port, random too, is the network's affair (RFC 5452 §9).
/// </summary>
/// <param name="Server">The server.</param>
/// <param name="Question">The question.</param>
/// <param name="Id">The random bits.</param>
/// <param name="HasOptions">Whether it says how large a response may be (RFC 6891).</param>
internal sealed record DnsQuery(IPEndPoint Server, DnsQuestion Question, ushort Id, bool HasOptions)
{
    /// <summary>The largest response that may come as a datagram: what passes without fragments.</summary>
    private const int PayloadSize = 1232;

    public byte[] ToOctets() => new DnsMessage { Id = Id, Question = Question, PayloadSize = HasOptions ? PayloadSize : 0 }.ToOctets();

    public bool TryAccept(in DnsPacket packet, [NotNullWhen(true)] out DnsMessage? response)
    {
        if (packet.Source.Equals(Server)
            && DnsMessage.TryRead(packet.Octets.Span, out response)
            && response.IsResponse
            && response.Id == Id
            && (response.Question == Question || (response.Question is null && response.Code != DnsCode.NoError)))
            return true;
        response = null;
        return false;
    }
}
