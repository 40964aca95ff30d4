using System.Collections.Immutable;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Subscriptions;

/// <summary>What is to be watched, and how.</summary>
internal sealed record WatchRequest
{
    /// <summary>Whose state it is: the Request-URI, and the To of the first SUBSCRIBE.</summary>
    public required SipUri Target { get; init; }

    /// <summary>Who watches: From without a tag.</summary>
    public required NameAddress From { get; init; }

    /// <summary>The event package.</summary>
    public required SipEvent Event { get; init; }

    /// <summary>The media types of notifications that are understood.</summary>
    public required string Accept { get; init; }

    /// <summary>The time to ask for.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>More header fields of every SUBSCRIBE.</summary>
    public ImmutableArray<SipHeader> Headers { get; init; } = [];

    /// <summary>64·T1: how long a NOTIFY is waited for.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(32);
}
