using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Subscriptions;

/// <summary>What a subscription hears.</summary>
internal abstract record SubscriptionEvent
{
    private SubscriptionEvent()
    {
    }

    /// <summary>It begins.</summary>
    public sealed record Begun : SubscriptionEvent;

    /// <summary>The SUBSCRIBE that is on its way has its final response.</summary>
    /// <param name="Response">The response.</param>
    public sealed record Answered(SipResponse Response) : SubscriptionEvent;

    /// <summary>A NOTIFY came.</summary>
    /// <param name="State">Its Subscription-State.</param>
    public sealed record Notified(SipSubscriptionState State) : SubscriptionEvent;

    /// <summary>An instant has come that the subscription wanted to be told of.</summary>
    public sealed record TimePassed : SubscriptionEvent;

    /// <summary>All that is watched is to be told anew, or our Contact has changed: a refresh is due now.</summary>
    public sealed record RefreshWanted : SubscriptionEvent;

    /// <summary>Nobody watches any more.</summary>
    public sealed record Abandoned : SubscriptionEvent;
}
