using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip;

/// <summary>
/// Writes REGISTERs that remove bindings which other devices made (RFC 3261 §10.2.2). Each has a Call-ID of its own: that of the endpoint's
/// registration, and its CSeq, are the registration's alone, and a registrar compares CSeq under one Call-ID only (§10.3 step 7).
/// </summary>
internal static class BindingRemoval
{
    /// <summary>Removes one contact.</summary>
    public static SipRequest Of(EndpointIdentity identity, SipUri contact, SipIdentifiers identifiers) =>
        Write(identity, new NameAddress(contact).ToString(), identifiers);

    /// <summary>Removes every contact of the address-of-record.</summary>
    public static SipRequest OfAll(EndpointIdentity identity, SipIdentifiers identifiers) => Write(identity, "*", identifiers);

    private static SipRequest Write(EndpointIdentity identity, string contact, SipIdentifiers identifiers)
    {
        var aor = identity.Aor;
        return SipRequest.Create(
                SipMethod.Register, SipUri.Parse($"{aor.Scheme}:{aor.Host}"), identity.From.WithTag(identifiers.Tag()), new NameAddress(aor), identifiers.CallId(), 1)
            .WithHeader("Contact", contact)
            .WithHeader("Expires", "0")
            .WithHeader("User-Agent", identity.UserAgent);
    }
}
