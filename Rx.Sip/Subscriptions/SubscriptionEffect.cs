namespace Rx.Sip.Subscriptions;

/// <summary>Something that a subscription's driver has to do.</summary>
internal abstract record SubscriptionEffect
{
    private SubscriptionEffect()
    {
    }

    /// <summary>Send a SUBSCRIBE; inside of the dialog when there is one.</summary>
    /// <param name="Expires">The time to ask for; zero takes leave.</param>
    public sealed record Subscribe(TimeSpan Expires) : SubscriptionEffect;

    /// <summary>Tell what the NOTIFY says that has just come.</summary>
    public sealed record Tell : SubscriptionEffect;

    /// <summary>Let go of everything: it is over.</summary>
    /// <param name="Cause">How it ended.</param>
    public sealed record End(SubscriptionEnd Cause) : SubscriptionEffect;
}
