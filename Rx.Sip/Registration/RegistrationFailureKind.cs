namespace Rx.Sip.Registration;

/// <summary>What kind of failure kept a registration from standing; this alone decides whether it is tried again.</summary>
public enum RegistrationFailureKind
{
    /// <summary>It may work later: no answer, no connection, 408, 480, 5xx, 6xx. The recovery policy decides.</summary>
    Transient,

    /// <summary>The credentials are missing, wrong, or were not asked for. Final.</summary>
    Credentials,

    /// <summary>The registrar won't: 403, 423 that can't be met. Final.</summary>
    Policy,

    /// <summary>The registrar could not prove who it is by its certificate, or we have none to show. Final.</summary>
    Untrusted,

    /// <summary>It will never work like this: 404, 400 and the like. Final.</summary>
    Permanent,

    /// <summary>
    /// The registrar answers well and holds the user's other devices, but not ours any more; or it says that another device has taken ours away.
    /// Final: trying again would drive them out in turn.
    /// </summary>
    Displaced,

    /// <summary>
    /// The registrar sends us elsewhere, and we can't or mayn't go there: 301, 302, 305. Final. Or it has taken the binding away to have it made
    /// anew, maybe at another server: then the recovery policy decides.
    /// </summary>
    Moved,
}
