namespace Rx.Sip.Testing;

/// <summary>What happened to a binding.</summary>
public enum ServerBindingChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It was registered again.</summary>
    Refreshed,

    /// <summary>It was given less time, so that it is registered again soon.</summary>
    Shortened,

    /// <summary>Its user, or a test, took it away.</summary>
    Removed,

    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>It was taken away to be registered anew, maybe at another server.</summary>
    Deactivated,

    /// <summary>It was taken away to be registered anew after some time.</summary>
    Probation,

    /// <summary>It was taken away for good: the user is not to register again.</summary>
    Rejected,
}
