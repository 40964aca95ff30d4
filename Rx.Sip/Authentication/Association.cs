using System.Collections.Immutable;
using System.Net;
using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>A live association and what it is good for.</summary>
/// <param name="Realm">With whom.</param>
/// <param name="Protocol">By which protocol.</param>
/// <param name="Credential">What it was made from: when the application changes the credential, the association is over.</param>
/// <param name="Security">The association itself.</param>
/// <param name="Targets">
/// The Request-URIs whose owners have challenged: a realm says nothing about whom else a 401 would come from, and others need
/// not see our answer. A proxy is on the way of every request (RFC 3261 §22.2, §22.3).
/// </param>
internal sealed record Association(
    Realm Realm, SipAuthenticationProtocols Protocol, NetworkCredential Credential, ISecurityAssociation Security, ImmutableArray<string> Targets)
{
    private const int MaximumTargets = 64;

    public bool IsFor(SipRequest request) => Realm.IsProxy || Targets.Contains(request.RequestUriText);

    public Association For(SipRequest request) =>
        IsFor(request) ? this : this with { Targets = (Targets.Length < MaximumTargets ? Targets : Targets.RemoveAt(0)).Add(request.RequestUriText) };
}
