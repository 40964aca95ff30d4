using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<string, NetworkCredential> _credentials = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether no credential is held.</summary>
    public bool IsEmpty => _credentials.IsEmpty;

    /// <summary>Adds the credential for a realm, in place of the one there was.</summary>
    /// <exception cref="ArgumentException">The user name holds control characters, which no header could carry.</exception>
    public void Add(string realm, NetworkCredential credential)
    {
        ArgumentNullException.ThrowIfNull(realm);
        ArgumentNullException.ThrowIfNull(credential);
        if (credential.UserName.AsSpan().ContainsAnyInRange('\0', '\x1F'))
            throw new ArgumentException("A user name can't contain control characters.", nameof(credential));
        _credentials[realm] = credential;
    }

    /// <summary>Removes the credential of a realm; false when there was none.</summary>
    public bool Remove(string realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return _credentials.TryRemove(realm, out _);
    }

    /// <summary>Removes all credentials.</summary>
    public void Clear() => _credentials.Clear();

    /// <summary>Finds the credential for a realm: its own, else that of <see cref="DefaultRealm"/>.</summary>
    public bool TryGet(string realm, [NotNullWhen(true)] out NetworkCredential? credential)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return _credentials.TryGetValue(realm, out credential) || _credentials.TryGetValue(DefaultRealm, out credential);
    }

    /// <summary>How many realms there are credentials for; never what they are.</summary>
    public override string ToString() => $"realms with credentials: {_credentials.Count}";
}
