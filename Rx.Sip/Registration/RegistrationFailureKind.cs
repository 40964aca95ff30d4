namespace Rx.Sip.Registration;

/// <summary>What kind of failure kept a registration from standing; this alone decides whether it is tried again.</summary>
public enum RegistrationFailureKind
{
    /// <summary>It may work later: no answer, no connection, 408, 480, 5xx. The recovery policy decides.</summary>
    Transient,

    /// <summary>The credentials are missing, wrong, or were not asked for. Final.</summary>
    Credentials,

    /// <summary>The registrar won't: 403, 423 that can't be met. Final.</summary>
    Policy,

    /// <summary>It will never work like this: 404, 400 and the like. Final.</summary>
    Permanent,
}
