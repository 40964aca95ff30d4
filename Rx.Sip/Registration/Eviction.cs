namespace Rx.Sip.Registration;

/// <summary>A registrar has taken a binding away before its time, and says so. Each is an event of its own, whatever it says.</summary>
/// <param name="cause">Why.</param>
/// <param name="retryAfter">How long it does not want us back; null when it did not say.</param>
internal sealed class Eviction(RegistrationFailure cause, TimeSpan? retryAfter)
{
    public RegistrationFailure Cause => cause;

    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>Whether we are not to come back. Who was moved is: to another server, maybe.</summary>
    public bool IsFinal => cause.Kind is not (RegistrationFailureKind.Transient or RegistrationFailureKind.Moved);
}
