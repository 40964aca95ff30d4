using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Registration.Bindings;

/// <summary>
/// Writes REGISTERs about other bindings than our own: each with a Call-ID of its own, so that it does not get in the way of the
/// registration that goes on.
/// </summary>
internal sealed class BindingRequests(RegistrationSettings settings, SipIdentifiers identifiers)
{
    /// <summary>Asks for all bindings (RFC 3261 §10.2.3).</summary>
    public SipRequest Fetch()
    {
        var from = new NameAddress(settings.DisplayName, settings.Aor, settings.FromParameters).WithTag(identifiers.Tag());
        var request = SipRequest.Create(SipMethod.Register, settings.Registrar, from, new NameAddress(settings.Aor), identifiers.CallId(), 1);
        return settings.Headers.Aggregate(request, (so, header) => so.WithAddedHeader(header.Name, header.Value));
    }

    /// <summary>Removes one (§10.2.2), named by its address alone: the instance is not ours (RFC 5626 §4.2.3).</summary>
    public SipRequest Remove(SipUri contact) => Fetch().WithAddedHeader("Contact", new NameAddress(contact).WithParameter("expires", "0").ToString());

    /// <summary>Removes all (§10.2.2).</summary>
    public SipRequest RemoveAll() => Fetch().WithAddedHeader("Contact", "*").WithHeader("Expires", "0");
}
