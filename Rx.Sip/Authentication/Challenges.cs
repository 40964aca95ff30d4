using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>The challenges of one realm in one response, in the server's order of preference (RFC 8760 §2.3).</summary>
/// <param name="Realm">The realm.</param>
/// <param name="Offers">The challenges; each asks for another protocol or algorithm.</param>
internal sealed record Challenges(Realm Realm, IReadOnlyList<AuthenticationParameters> Offers)
{
    /// <summary>
    /// All challenges of a response by realm. A forking proxy puts those of several servers into one response, 401 and 407
    /// alike (RFC 3261 §22.3, RFC 8760 §2.5).
    /// </summary>
    public static IReadOnlyList<Challenges> In(SipResponse response) =>
    [
        .. ByRealm(response.WwwAuthenticate, isProxy: false),
        .. ByRealm(response.ProxyAuthenticate, isProxy: true),
    ];

    private static IEnumerable<Challenges> ByRealm(IReadOnlyList<AuthenticationParameters> offers, bool isProxy) =>
        offers.Where(offer => offer.Realm is not null)
            .GroupBy(offer => offer.Realm!, StringComparer.Ordinal)
            .Select(group => new Challenges(new Realm(group.Key, isProxy), [.. group]));
}
