using Rx.Sip.Messages;
using Rx.Sip.Registration.Outbound;

namespace Rx.Sip.Registration;

/// <summary>
/// Finds our contact among those of a success (RFC 3261 §10.2.4): it lists all bindings of the address-of-record, in any order, with
/// parameters of the registrar's.
/// </summary>
internal static class ContactMatch
{
    /// <summary>
    /// The one whose URI equals ours (RFC 3261 §19.1.4), unless it is that of another flow from the same address; else the one of our
    /// instance (RFC 5626 §4.2), whose URI a proxy has rewritten; else the one at our address, whose parameters the registrar has lost.
    /// Null when there is none.
    /// </summary>
    public static NameAddress? Find(IReadOnlyList<NameAddress> contacts, NameAddress ours) =>
        contacts.FirstOrDefault(contact => contact.Uri.Equals(ours.Uri) && !IsOfAnotherFlow(contact, ours))
        ?? contacts.FirstOrDefault(contact => IsSameInstance(contact, ours))
        ?? contacts.FirstOrDefault(contact => IsSameAddress(contact.Uri, ours.Uri));

    /// <summary>Whether both are of one instance, over whatever flow.</summary>
    public static bool IsSameDevice(NameAddress one, NameAddress other) =>
        one.Parameters.Get(InstanceId.Parameter) is { } instance
        && string.Equals(instance, other.Parameters.Get(InstanceId.Parameter), StringComparison.OrdinalIgnoreCase);

    private static bool IsSameInstance(NameAddress one, NameAddress other) =>
        IsSameDevice(one, other)
        && one.Parameters.Get(InstanceId.Flow) == other.Parameters.Get(InstanceId.Flow);

    private static bool IsOfAnotherFlow(NameAddress one, NameAddress ours) =>
        one.Parameters.Get(InstanceId.Flow) is { } flow && ours.Parameters.Get(InstanceId.Flow) is { } our && flow != our;

    private static bool IsSameAddress(SipUri one, SipUri other) =>
        one.Scheme == other.Scheme && one.User == other.User && one.Port == other.Port
        && string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase);
}
