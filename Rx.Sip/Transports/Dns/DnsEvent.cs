namespace Rx.Sip.Transports.Dns;

/// <summary>What happens to a question that is being asked.</summary>
internal abstract record DnsEvent
{
    private DnsEvent()
    {
    }

    /// <summary>It begins.</summary>
    public sealed record Begun : DnsEvent;

    /// <summary>The server that was asked has answered.</summary>
    public sealed record Answered(DnsMessage Response) : DnsEvent;

    /// <summary>The server can't be asked: what the system says, or that it sends nothing but rubbish.</summary>
    public sealed record Unreachable(string Problem) : DnsEvent;

    /// <summary>The server has not answered in the time it had.</summary>
    public sealed record TimedOut : DnsEvent;
}
