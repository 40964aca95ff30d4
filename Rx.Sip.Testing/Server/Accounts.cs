using System.Diagnostics.CodeAnalysis;
using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>Who and what is ours: the domain, the addresses, the users.</summary>
internal sealed class Accounts(EmbeddedServerSettings settings, Func<IReadOnlyList<ListeningAddress>> listening)
{
    public string Domain => settings.Domain;

    /// <summary>Whether a URI is of our domain, by its name or one of our addresses.</summary>
    public bool IsOurs(SipUri uri) =>
        string.Equals(uri.Host, settings.Domain, StringComparison.OrdinalIgnoreCase)
        || (NumericHost.TryParse(uri.Host, out var address) && listening().Any(ours => IsAt(ours.EndPoint, address)));

    /// <summary>The user of an address-of-record of ours; the name is compared unescaped (RFC 3261 §10.3 step 5).</summary>
    public bool TryFind(SipUri aor, [NotNullWhen(true)] out string? user)
    {
        user = aor.User is { } name && IsOurs(aor) ? UriSyntax.Unescape(name) : null;
        if (user is null || settings.Users.ContainsKey(user))
            return user is not null;
        user = null;
        return false;
    }

    /// <summary>Who goes by that user name in credentials: <c>alice</c>, or <c>alice@example.test</c>.</summary>
    public string NameOf(string credentials) =>
        credentials.EndsWith($"@{settings.Domain}", StringComparison.OrdinalIgnoreCase) ? credentials[..^(settings.Domain.Length + 1)] : credentials;

    public string? PasswordOf(string credentials) => settings.Users.GetValueOrDefault(NameOf(credentials));

    // Who listens on all addresses can't tell which are ours, and takes any.
    private static bool IsAt(IPEndPoint ours, IPAddress address) => ours.Address.Equals(address) || ours.Address.Equals(AnyAddress.Of(ours));
}
