namespace Rx.Sip.Subscriptions.Registrations;

/// <summary>What brought a contact into its state (RFC 3680 §4.7.1, §5.1).</summary>
internal enum ContactEvent
{
    /// <summary>None of those that RFC 3680 names.</summary>
    Unknown,

    /// <summary>A REGISTER made it.</summary>
    Registered,

    /// <summary>It was made otherwise.</summary>
    Created,

    /// <summary>A REGISTER renewed it.</summary>
    Refreshed,

    /// <summary>It was given less time, so that it is registered again soon.</summary>
    Shortened,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was taken away, and is to be registered again.</summary>
    Deactivated,

    /// <summary>It was taken away, and is to be registered again later.</summary>
    Probation,

    /// <summary>A REGISTER took it away.</summary>
    Unregistered,

    /// <summary>It was taken away, and is not to be registered again.</summary>
    Rejected,
}
