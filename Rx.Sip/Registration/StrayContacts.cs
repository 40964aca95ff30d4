using System.Collections.Immutable;
using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>
/// Contacts of ours that a registrar may hold although nobody wants them any more: of requests whose answer never came, and of
/// connections that are gone. The next REGISTER takes them away, so that nobody is forked there until they run out.
/// </summary>
internal sealed class StrayContacts
{
    // A request has to fit into a datagram; the older ones run out by themselves.
    private const int Most = 4;

    private readonly ImmutableArray<NameAddress> _contacts;

    private StrayContacts(ImmutableArray<NameAddress> contacts) => _contacts = contacts;

    /// <summary>No contacts.</summary>
    public static StrayContacts None { get; } = new([]);

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _contacts.IsEmpty;

    /// <summary>These and one more; of too many the oldest is forgotten.</summary>
    public StrayContacts With(NameAddress? contact)
    {
        if (contact is null || _contacts.Any(one => one.Uri.Equals(contact.Uri)))
            return this;
        return new(_contacts.Length < Most ? _contacts.Add(contact) : _contacts.RemoveAt(0).Add(contact));
    }

    /// <summary>All but the one that is to be bound.</summary>
    public IEnumerable<NameAddress> Besides(NameAddress contact) => _contacts.Where(one => !one.Uri.Equals(contact.Uri));

    /// <summary>All, the latest first.</summary>
    public IEnumerable<NameAddress> All => _contacts.Reverse();
}
