using Rx.Sip.Messages;
using Rx.Sip.Registration.Outbound;

namespace Rx.Sip.Registration;

/// <summary>What a success says about our contact and those of others (RFC 3261 §10.2.4).</summary>
/// <param name="Time">How long our contact is bound.</param>
/// <param name="IsListed">Whether our contact is among those listed.</param>
/// <param name="Others">The others that are listed.</param>
internal sealed record Grant(TimeSpan Time, bool IsListed, IReadOnlyList<NameAddress> Others)
{
    /// <summary>The others but for those of our own other flows.</summary>
    public required IReadOnlyList<NameAddress> OtherDevices { get; init; }

    /// <summary>What the response says besides.</summary>
    public required BindingTerms Terms { get; init; }

    /// <summary>What the response grants: our contact's <c>expires</c>, else Expires, else what was asked for (RFC 3261 §10.2.4, §10.3 step 8).</summary>
    public static Grant From(SipResponse response, NameAddress ours, TimeSpan asked)
    {
        var contacts = response.Contacts;
        var found = ContactMatch.Find(contacts, ours);
        // Nearly always there are no others: the same nothing for all.
        NameAddress[] others = contacts.Count == 1 && found is not null ? [] : [.. contacts.Where(contact => !ReferenceEquals(contact, found))];
        return new Grant(found?.Expires ?? response.Expires ?? asked, found is not null, others)
        {
            OtherDevices = others.Length == 0 ? others : [.. others.Where(contact => !ContactMatch.IsSameDevice(contact, ours))],
            Terms = BindingTerms.Of(response, found),
        };
    }
}
