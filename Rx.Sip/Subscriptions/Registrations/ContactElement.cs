using Rx.Sip.Messages;

namespace Rx.Sip.Subscriptions.Registrations;

/// <summary>A <c>contact</c> of registration information (RFC 3680 §5.1).</summary>
/// <param name="RegistrationId">The id of the registration it belongs to.</param>
/// <param name="Id">Its id there.</param>
/// <param name="Contact">The contact with its parameters, but for its time.</param>
/// <param name="IsActive">Whether it is bound; else it has just been taken away.</param>
/// <param name="Event">What brought that about.</param>
internal sealed record ContactElement(string RegistrationId, string Id, NameAddress Contact, bool IsActive, ContactEvent Event)
{
    /// <summary>How long it is bound from the notification on; null when it does not say.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>When it runs out, as of the instant it was told; <see cref="DateTimeOffset.MaxValue"/> when that was not said.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>When its owner is expected to register again, with <see cref="ContactEvent.Probation"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
