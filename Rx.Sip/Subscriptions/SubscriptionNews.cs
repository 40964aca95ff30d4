using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Subscriptions;

/// <summary>What watching yields.</summary>
internal abstract record SubscriptionNews
{
    private SubscriptionNews()
    {
    }

    /// <summary>A notification came; it is answered already.</summary>
    /// <param name="Notify">The NOTIFY.</param>
    /// <param name="State">Its Subscription-State.</param>
    /// <param name="IsFirst">Whether it is the first of its subscription: what was told by an earlier one counts no more.</param>
    public sealed record Notified(SipRequest Notify, SipSubscriptionState State, bool IsFirst) : SubscriptionNews;

    /// <summary>A subscription ended.</summary>
    /// <param name="Cause">How.</param>
    public sealed record Ended(SubscriptionEnd Cause) : SubscriptionNews;
}
