using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>Finds the credentials that a request carried: what was sent is read from the request itself, so nothing has to be remembered beside it.</summary>
internal static class CredentialsSent
{
    public static AuthenticationParameters? To(Realm realm, SipRequest request)
    {
        foreach (var credentials in All(realm.IsProxy, request))
            if (credentials.Realm == realm.Name)
                return credentials;
        return null;
    }

    /// <summary>The credentials that an Authentication-Info speaks of: by the client nonce when it repeats it, for it names no realm.</summary>
    public static AuthenticationParameters? Behind(AuthenticationParameters information, bool isProxy, SipRequest request)
    {
        var all = All(isProxy, request);
        foreach (var credentials in all)
            if (information.Get("cnonce") is { } nonce && credentials.Get("cnonce") == nonce)
                return credentials;
        return all is [var only] ? only : null;
    }

    // Most requests carry none, and looking at a typed header costs more than looking for one.
    private static IReadOnlyList<AuthenticationParameters> All(bool isProxy, SipRequest request) =>
        request.Frame.IndexOf(isProxy ? HeaderId.ProxyAuthorization : HeaderId.Authorization) < 0 ? []
        : isProxy ? request.ProxyAuthorization
        : request.Authorization;
}
