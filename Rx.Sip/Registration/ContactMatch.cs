using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>
/// Finds our contact among those of a success (RFC 3261 §10.2.4): it lists all bindings of the address-of-record, in any order, with
/// parameters of the registrar's.
/// </summary>
internal static class ContactMatch
{
    /// <summary>
    /// The one whose URI equals ours (RFC 3261 §19.1.4); else the one of our instance (RFC 5626 §4.2), whose URI a proxy has rewritten;
    /// else the one at our address, whose parameters the registrar has lost. Null when there is none.
    /// </summary>
    public static NameAddress? Find(IReadOnlyList<NameAddress> contacts, NameAddress ours) =>
        contacts.FirstOrDefault(contact => contact.Uri.Equals(ours.Uri))
        ?? contacts.FirstOrDefault(contact => IsSameInstance(contact, ours))
        ?? contacts.FirstOrDefault(contact => IsSameAddress(contact.Uri, ours.Uri));

    private static bool IsSameInstance(NameAddress one, NameAddress other) =>
        one.Parameters.Get("+sip.instance") is { } instance
        && string.Equals(instance, other.Parameters.Get("+sip.instance"), StringComparison.OrdinalIgnoreCase)
        && one.Parameters.Get("reg-id") == other.Parameters.Get("reg-id");

    private static bool IsSameAddress(SipUri one, SipUri other) =>
        one.Scheme == other.Scheme && one.User == other.User && one.Port == other.Port
        && string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase);
}
