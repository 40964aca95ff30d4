namespace Rx.Sip;

/// <summary>Why an endpoint ended.</summary>
public enum TerminationReason
{
    /// <summary>The application asked for it, or disposed the endpoint.</summary>
    TerminatedLocally,

    /// <summary>The platform was shut down.</summary>
    PlatformShutdown,

    /// <summary>The registrar refused for good: the user is unknown, forbidden or disabled (UCMA's OwnerDisabledOrRemoved).</summary>
    OwnerDisabledOrRemoved,

    /// <summary>The endpoint could not prove who it is.</summary>
    AuthenticationFailed,

    /// <summary>The server could not prove who it is by its certificate.</summary>
    ServerNotTrusted,

    /// <summary>The recovery policy gave up (UCMA's RegistrationRefreshFailed).</summary>
    RegistrationRefreshFailed,

    /// <summary>The registrar keeps the user's other devices and no longer this one.</summary>
    TooManyActiveEndpoints,

    /// <summary>The registrar sends the user elsewhere, where the endpoint can't or mayn't go.</summary>
    UserMoved,
}
