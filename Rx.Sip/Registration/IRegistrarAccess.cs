using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>How a registration gets to its registrar, and to others that it is sent to.</summary>
internal interface IRegistrarAccess
{
    /// <summary>
    /// Cold: yields a way that stands and completes, or null when there is none to be had; errors with what is in the way when that is worth
    /// telling. Asked for before every REGISTER, since a new connection may have a new address.
    /// </summary>
    /// <param name="elsewhere">Where the registrar has redirected to; null: the registrar itself.</param>
    IObservable<RegistrarFlow?> Connect(SipUri? elsewhere);

    /// <summary>Whether a redirection there may be followed: it can be reached, and is no less secure than the registrar.</summary>
    bool Accepts(SipUri elsewhere);

    /// <summary>
    /// Leaves the server that was connected to last: it did not answer or is unavailable (RFC 3263 §4.3). Whether there is another one to
    /// be tried at once.
    /// </summary>
    bool TryLeave();

    /// <summary>
    /// A last look at a success: a failure means that we don't want to be registered there after all. The binding is removed and
    /// the registration ends with that failure.
    /// </summary>
    RegistrationFailure? Admit(SipResponse success);

    /// <summary>The registration goes by the way that was connected to last, from now on.</summary>
    void Settle();
}
