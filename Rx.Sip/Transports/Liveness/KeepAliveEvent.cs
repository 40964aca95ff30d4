using System.Net;

namespace Rx.Sip.Transports.Liveness;

/// <summary>What a <see cref="KeepAliveMachine"/> hears.</summary>
internal abstract record KeepAliveEvent
{
    private KeepAliveEvent()
    {
    }

    /// <summary>The terms hold from now on.</summary>
    public sealed record Agreed(KeepAliveTerms Terms) : KeepAliveEvent;

    /// <summary>The time that was to be waited is over.</summary>
    public sealed record Rang : KeepAliveEvent;

    /// <summary>The peer answered; <paramref name="Mapped"/> is our address as it sees it, null over streams.</summary>
    public sealed record Answered(IPEndPoint? Mapped) : KeepAliveEvent;

    /// <summary>The peer said with a message how it sees us.</summary>
    public sealed record Seen(IPEndPoint Mapped) : KeepAliveEvent;

    /// <summary>The peer answered that it won't.</summary>
    public sealed record Refused : KeepAliveEvent;

    /// <summary>Something over this flow was not answered: is anybody there?</summary>
    public sealed record Suspected : KeepAliveEvent;
}
