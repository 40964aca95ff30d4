using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>What a plan hears.</summary>
internal abstract record RegistrationEvent
{
    private RegistrationEvent()
    {
    }

    /// <summary>An instant has come that the plan wanted to be told of.</summary>
    public sealed record TimePassed : RegistrationEvent;

    /// <summary>The REGISTER has its final response.</summary>
    /// <param name="Response">The response.</param>
    /// <param name="Contact">The contact that was in the request.</param>
    /// <param name="Refusal">Why we don't want the success; null when we do.</param>
    public sealed record Answered(SipResponse Response, NameAddress Contact, RegistrationFailure? Refusal) : RegistrationEvent;

    /// <summary>There is no way to the registrar, so no REGISTER was sent.</summary>
    public sealed record Unreachable : RegistrationEvent;

    /// <summary>Something around has changed.</summary>
    /// <param name="Now">How it is now.</param>
    public sealed record Changed(Surroundings Now) : RegistrationEvent;

    /// <summary>While leaving, the response to what is on its way did not come in time.</summary>
    /// <param name="WasSent">Whether any REGISTER has been sent.</param>
    public sealed record WaitedEnough(bool WasSent) : RegistrationEvent;
}
