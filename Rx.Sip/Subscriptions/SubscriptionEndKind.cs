namespace Rx.Sip.Subscriptions;

/// <summary>What the end of a subscription means for another one.</summary>
internal enum SubscriptionEndKind
{
    /// <summary>Another one may follow at once: it was moved to another notifier, was forgotten, or ran out.</summary>
    Renewable,

    /// <summary>Another one may be tried later.</summary>
    Postponed,

    /// <summary>The notifier does not want us, or what is watched is not there or never changes.</summary>
    Refused,

    /// <summary>The notifier does not know the event package: 489.</summary>
    NotOffered,

    /// <summary>We have taken leave.</summary>
    Left,
}
