using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Rx.Sip.Authentication;

/// <summary>
/// The credentials of an endpoint, one per realm. What is added for <see cref="DefaultRealm"/> serves every realm that has no
/// entry of its own. Safe from any thread; a change holds from the next challenge or request on.
/// </summary>
public sealed class CredentialCache
{
    /// <summary>
    /// The realm of Office Communications Server and its successors, which stands for any realm here:
    /// a user need not know how a server calls itself.
    /// </summary>
    public const string DefaultRealm = "SIP Communications Service";

    // Realms are few, and endpoints may be very many: an array that is replaced by every change.
    private KeyValuePair<string, NetworkCredential>[] _credentials = [];

    /// <summary>Whether no credential is held.</summary>
    public bool IsEmpty => Volatile.Read(ref _credentials).Length == 0;

    /// <summary>Adds the credential for a realm, in place of the one there was.</summary>
    /// <exception cref="ArgumentException">The user name holds control characters, which no header could carry.</exception>
    public void Add(string realm, NetworkCredential credential)
    {
        ArgumentNullException.ThrowIfNull(realm);
        ArgumentNullException.ThrowIfNull(credential);
        if (credential.UserName.AsSpan().ContainsAnyInRange('\0', '\x1F'))
            throw new ArgumentException("A user name can't contain control characters.", nameof(credential));
        Change(all => [.. Without(all, realm), new(realm, credential)]);
    }

    /// <summary>Removes the credential of a realm; false when there was none.</summary>
    public bool Remove(string realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return Change(all => [.. Without(all, realm)]);
    }

    /// <summary>Removes all credentials.</summary>
    public void Clear() => Volatile.Write(ref _credentials, []);

    /// <summary>Finds the credential for a realm: its own, else that of <see cref="DefaultRealm"/>.</summary>
    public bool TryGet(string realm, [NotNullWhen(true)] out NetworkCredential? credential)
    {
        ArgumentNullException.ThrowIfNull(realm);
        var all = Volatile.Read(ref _credentials);
        credential = Find(all, realm) ?? Find(all, DefaultRealm);
        return credential is not null;
    }

    /// <summary>How many realms there are credentials for; never what they are.</summary>
    public override string ToString() => $"realms with credentials: {Volatile.Read(ref _credentials).Length}";

    private static NetworkCredential? Find(KeyValuePair<string, NetworkCredential>[] all, string realm)
    {
        foreach (var (name, credential) in all)
            if (string.Equals(name, realm, StringComparison.OrdinalIgnoreCase))
                return credential;
        return null;
    }

    private static IEnumerable<KeyValuePair<string, NetworkCredential>> Without(KeyValuePair<string, NetworkCredential>[] all, string realm) =>
        all.Where(one => !string.Equals(one.Key, realm, StringComparison.OrdinalIgnoreCase));

    private bool Change(Func<KeyValuePair<string, NetworkCredential>[], KeyValuePair<string, NetworkCredential>[]> change)
    {
        while (true)
        {
            var before = Volatile.Read(ref _credentials);
            var after = change(before);
            if (Interlocked.CompareExchange(ref _credentials, after, before) == before)
                return after.Length < before.Length;
        }
    }
}
