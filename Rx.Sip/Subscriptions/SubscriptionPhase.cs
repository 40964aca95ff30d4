namespace Rx.Sip.Subscriptions;

/// <summary>Where a subscription stands at its subscriber, RFC 6665 §4.1.2 figure 1.</summary>
internal enum SubscriptionPhase
{
    /// <summary>A SUBSCRIBE is sent and no NOTIFY came yet.</summary>
    NotifyWait,

    /// <summary>The notifier has not decided yet.</summary>
    Pending,

    /// <summary>The notifier notifies.</summary>
    Active,

    /// <summary>It is over.</summary>
    Terminated,
}
