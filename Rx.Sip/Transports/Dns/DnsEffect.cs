using System.Net;

namespace Rx.Sip.Transports.Dns;

/// <summary>What has to be done for a question.</summary>
internal abstract record DnsEffect
{
    private DnsEffect()
    {
    }

    /// <summary>Ask a server, and wait that long for its answer.</summary>
    public sealed record Ask(IPEndPoint Server, bool IsStream, bool HasOptions, TimeSpan Patience) : DnsEffect;

    /// <summary>It is over, with a response that answers or denies.</summary>
    public sealed record Conclude(DnsMessage Response) : DnsEffect;

    /// <summary>It is over without an answer.</summary>
    public sealed record GiveUp(string Problem) : DnsEffect;
}
