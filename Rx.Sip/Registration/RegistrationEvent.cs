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
    /// <param name="Flow">The way that the request went.</param>
    public sealed record Answered(SipResponse Response, RegistrarFlow Flow) : RegistrationEvent
    {
        /// <summary>Why we don't want the success; null when we do.</summary>
        public RegistrationFailure? Refusal { get; init; }

        /// <summary>Where the response redirects to; null when nowhere that may be gone to.</summary>
        public Redirection? Redirection { get; init; }

        /// <summary>Whether the server has to be left and there is another one to be tried at once.</summary>
        public bool HasAlternative { get; init; }
    }

    /// <summary>There is no way to the registrar, so no REGISTER was sent.</summary>
    /// <param name="Error">What is in the way, if that is known.</param>
    public sealed record Unreachable(Exception? Error) : RegistrationEvent;

    /// <summary>Something around has changed.</summary>
    /// <param name="Now">How it is now.</param>
    public sealed record Changed(Surroundings Now) : RegistrationEvent;

    /// <summary>While leaving, the response to what is on its way did not come in time.</summary>
    /// <param name="Sent">The contact of the REGISTER that has been sent; null when there is none.</param>
    public sealed record WaitedEnough(NameAddress? Sent) : RegistrationEvent;

    /// <summary>The removal has its final response, or waited for it long enough.</summary>
    /// <param name="IsRemoved">Whether the registrar said that nothing of ours is bound any more.</param>
    public sealed record Left(bool IsRemoved) : RegistrationEvent;
}
