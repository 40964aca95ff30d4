using System.Collections.Immutable;

namespace Rx.Sip.Subscriptions.Registrations;

/// <summary>What the documents of one subscription add up to (RFC 3680 §5.2). Pure.</summary>
internal sealed record RegistrationTable
{
    // Partial documents may add up to more than any single one may hold.
    private const int MaxContacts = 4 * RegistrationInformationReader.MaxContacts;

    private RegistrationTable()
    {
    }

    /// <summary>Before the first document.</summary>
    public static RegistrationTable Empty { get; } = new();

    /// <summary>The version of the latest document; null before the first.</summary>
    public uint? Version { get; private init; }

    /// <summary>The addresses-of-record by the ids of their registrations.</summary>
    public ImmutableDictionary<string, string> Registrations { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The contacts that are bound.</summary>
    public ImmutableList<ContactElement> Contacts { get; private init; } = [];

    /// <summary>Those that the latest document told to be taken away.</summary>
    public ImmutableArray<ContactElement> Gone { get; private init; } = [];

    /// <summary>Whether documents have got lost, so that a refresh is to bring all there is anew.</summary>
    public bool HasGap { get; private init; }

    /// <summary>The table after a document that comes now; the same when it is an old one.</summary>
    public RegistrationTable With(RegistrationInformation document, DateTimeOffset now)
    {
        // Some count nothing and send full documents of one version only; the CSeq has put those in order.
        if (document.Version < Version || (document.Version == Version && !document.IsFull))
            return this;
        var before = document.IsFull ? Empty : this;
        return new RegistrationTable
        {
            Version = document.Version,
            Registrations = before.Registrations.SetItems(document.Registrations),
            Contacts = Merge(before.Contacts, document.Contacts, now),
            Gone = [.. document.Contacts.Where(contact => !contact.IsActive)],
            // What a full document tells needs nothing before it.
            HasGap = !document.IsFull && (HasGap || document.Version != (Version is { } version ? version + 1 : 0)),
        };
    }

    private static ImmutableList<ContactElement> Merge(ImmutableList<ContactElement> before, ImmutableArray<ContactElement> changes, DateTimeOffset now)
    {
        var rows = before.ToBuilder();
        foreach (var change in changes)
        {
            var index = rows.FindIndex(row => row.Id == change.Id && row.RegistrationId == change.RegistrationId);
            if (index >= 0)
                rows.RemoveAt(index);
            if (change.IsActive && rows.Count < MaxContacts)
                rows.Insert(index >= 0 ? index : rows.Count, change.Expires is { } time ? change with { Until = now + time } : change);
        }
        return rows.ToImmutable();
    }
}
