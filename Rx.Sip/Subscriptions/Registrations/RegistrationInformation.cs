using System.Collections.Immutable;

namespace Rx.Sip.Subscriptions.Registrations;

/// <summary>A document of type <c>application/reginfo+xml</c> (RFC 3680 §5.1).</summary>
/// <param name="Version">Its number within the subscription.</param>
/// <param name="IsFull">Whether it tells all there is, or only what has changed.</param>
/// <param name="Registrations">The addresses-of-record by the ids of their registrations.</param>
/// <param name="Contacts">The contacts of all registrations.</param>
internal sealed record RegistrationInformation(
    uint Version, bool IsFull, ImmutableDictionary<string, string> Registrations, ImmutableArray<ContactElement> Contacts);
