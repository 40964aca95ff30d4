using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>Where a registrar sends us instead (RFC 3261 §21.3).</summary>
/// <param name="RequestUri">Whom the next REGISTER is addressed to.</param>
/// <param name="Hop">Where it is sent.</param>
internal sealed record Redirection(SipUri RequestUri, SipUri Hop)
{
    /// <summary>
    /// What a 301, 302 or 305 tells: the contact of the highest <c>q</c> (RFC 3261 §8.1.3.4) that is accepted. A 305 names a proxy, behind
    /// which the Request-URI stays (§21.3.4). Null when there is nowhere to go.
    /// </summary>
    public static Redirection? From(SipResponse response, SipUri requestUri, Func<SipUri, bool> accepts)
    {
        if (response.StatusCode is not (301 or 302 or 305))
            return null;
        var hop = response.Contacts.Select(contact => (contact.Uri, Preference: Preference(contact)))
            .OrderByDescending(one => one.Preference)
            .Select(one => one.Uri)
            .FirstOrDefault(uri => uri.IsSip && accepts(uri));
        return hop is null ? null : new Redirection(response.StatusCode == 305 ? requestUri : RegistrarAt(hop), hop);
    }

    // The Request-URI of a REGISTER names no user (RFC 3261 §10.2).
    private static SipUri RegistrarAt(SipUri hop)
    {
        var registrar = SipUri.Parse(hop.Port is { } port ? $"{hop.Scheme}:{hop.Host}:{port}" : $"{hop.Scheme}:{hop.Host}");
        return hop.Transport is { } transport ? registrar.WithParameter("transport", transport) : registrar;
    }

    private static double Preference(NameAddress contact) =>
        double.TryParse(contact.Parameters.Get("q"), System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var q) ? q : 1;
}
