using System.Collections.Immutable;
using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Authentication;

/// <summary>
/// All associations of one endpoint: whatever it sends over whichever client shares them, so a nonce that REGISTER was given
/// serves the next request as well. Safe from any thread.
/// </summary>
internal sealed class SecurityAssociations(
    CredentialCache credentials, SipAuthenticationProtocols allowed, SipIdentifiers identifiers)
{
    // Realms are few; a peer that makes up new ones drives out its own.
    private const int Capacity = 32;

    private ImmutableArray<Association> _live = [];
    private IReadOnlyList<ISipAuthenticator>? _authenticators;

    /// <summary>The protocols that a challenge may be answered with.</summary>
    public SipAuthenticationProtocols Allowed => allowed;

    private ImmutableArray<Association> Live => ImmutableInterlocked.InterlockedCompareExchange(ref _live, default, default);

    // All that is supported, as far as it is allowed. Made with the first challenge: most endpoints of a trusted network never see one.
    private IReadOnlyList<ISipAuthenticator> Authenticators =>
        LazyInitializer.EnsureInitialized(ref _authenticators, () => [new DigestAuthenticator(identifiers)]);

    /// <summary>The request with credentials for everybody who is known to ask for them, so that no challenge is needed; the request itself when there is nobody.</summary>
    /// <param name="request">The request.</param>
    /// <param name="used">What has been used, of several the last; null when nothing was.</param>
    public SipRequest Preauthorize(SipRequest request, out Association? used)
    {
        used = null;
        var live = Live;
        if (live.IsEmpty)
            return request;
        var answers = new List<(Realm, string)>(1);
        foreach (var association in live)
            if (association.IsFor(request) && IsCurrent(association) && CredentialsSent.To(association.Realm, request) is null)
            {
                used = association;
                answers.Add((association.Realm, association.Security.Authorize(request)));
            }
        return used is null ? request : AuthorizedRequest.Write(request, [.. answers], isRepeated: false);
    }

    /// <summary>Answers the challenges of a response to the request that was sent, as far as <paramref name="attempts"/> allows.</summary>
    public AuthenticationStep Answer(SipRequest sent, SipResponse response, AuthenticationAttempts attempts)
    {
        var answers = new List<(Realm Realm, string Value)>(1);
        AuthenticationStep.GiveUp? failure = null;
        Association? last = null;
        foreach (var challenges in Challenges.In(response))
        {
            if (Choose(challenges.Offers) is not var (authenticator, challenge))
                failure ??= new(AuthenticationFailureReason.NoCommonProtocols, challenges.Realm.Name);
            else if (!credentials.TryGet(challenges.Realm.Name, out var credential))
                failure ??= new(AuthenticationFailureReason.MissingCredentials, challenges.Realm.Name);
            else if (IsRefused(challenges, sent, credential, authenticator, challenge, attempts.HasTaken(challenges.Realm)) || !attempts.TryTake(challenges.Realm))
                return Refuse(challenges.Realm);
            else
            {
                last = Associate(challenges.Realm, sent, credential, authenticator, challenge);
                answers.Add((last.Realm, last.Security.Authorize(sent)));
            }
        }
        // One answer of several may already please the server that matters; if not, it will say so.
        if (last is null)
            return failure ?? new AuthenticationStep.GiveUp(AuthenticationFailureReason.NoCommonProtocols, null);
        AnswerAnew(sent, answers);
        return new AuthenticationStep.Again(AuthorizedRequest.Write(sent, [.. answers], isRepeated: true), last);
    }

    /// <summary>Takes in what a response tells about the associations its request used.</summary>
    public ServerProof Hear(SipRequest sent, SipResponse response)
    {
        var own = response.Frame.IndexOf(HeaderId.AuthenticationInfo) < 0 ? default : Hear(sent, response, response.AuthenticationInfo, isProxy: false);
        var proxy = response.Frame.IndexOf(HeaderId.ProxyAuthenticationInfo) < 0 ? default : Hear(sent, response, response.ProxyAuthenticationInfo, isProxy: true);
        return own > proxy ? own : proxy;
    }

    private ServerProof Hear(SipRequest sent, SipResponse response, AuthenticationParameters? information, bool isProxy) =>
        information is not null
        && CredentialsSent.Behind(information, isProxy, sent) is { Realm: { } realm } behind
        && Find(new Realm(realm, isProxy)) is { } association
            ? association.Security.Hear(behind, information, response)
            : ServerProof.NotGiven;

    // Those who were content see a request of its own now, and would take the same nonce count for a replay.
    private void AnswerAnew(SipRequest sent, List<(Realm Realm, string Value)> answers)
    {
        foreach (var association in Live)
            if (!answers.Exists(answer => answer.Realm == association.Realm) && CredentialsSent.To(association.Realm, sent) is not null)
                answers.Add((association.Realm, association.Security.Authorize(sent)));
    }

    private (ISipAuthenticator Authenticator, AuthenticationParameters Challenge)? Choose(IReadOnlyList<AuthenticationParameters> offers)
    {
        var (strength, best) = (0, default((ISipAuthenticator, AuthenticationParameters)?));
        foreach (var offer in offers)
            foreach (var authenticator in Authenticators)
                if (allowed.HasFlag(authenticator.Protocol) && authenticator.StrengthOf(offer) > strength)
                    (strength, best) = (authenticator.StrengthOf(offer), (authenticator, offer));
        return best;
    }

    // What was sent with a credential that the application has replaced since says nothing about the new one.
    private bool IsRefused(
        Challenges challenges, SipRequest sent, NetworkCredential credential, ISipAuthenticator authenticator, AuthenticationParameters challenge,
        bool isFresh) =>
        CredentialsSent.To(challenges.Realm, sent) is { } credentials
        && Find(challenges.Realm) is var association
        && (association is null || ReferenceEquals(association.Credential, credential))
        && authenticator.IsRefusal(credentials, challenge, isFresh);

    private AuthenticationStep.GiveUp Refuse(Realm realm)
    {
        ImmutableInterlocked.Update(ref _live, static (live, refused) => live.RemoveAll(one => one.Realm == refused), realm);
        return new(AuthenticationFailureReason.InvalidCredentials, realm.Name);
    }

    private Association Associate(
        Realm realm, SipRequest sent, NetworkCredential credential, ISipAuthenticator authenticator, AuthenticationParameters challenge)
    {
        var known = Find(realm);
        var association = known is not null && known.Protocol == authenticator.Protocol
            && ReferenceEquals(known.Credential, credential) && known.Security.TryRenew(challenge)
                ? known.For(sent)
                : new Association(realm, authenticator.Protocol, credential, authenticator.Associate(challenge, credential), [sent.RequestUriText]);
        if (!ReferenceEquals(association, known))
            ImmutableInterlocked.Update(ref _live, static (live, newer) => Put(live, newer), association);
        return association;
    }

    private static ImmutableArray<Association> Put(ImmutableArray<Association> live, Association association)
    {
        live = live.RemoveAll(one => one.Realm == association.Realm);
        return (live.Length < Capacity ? live : live.RemoveAt(0)).Add(association);
    }

    private Association? Find(Realm realm) => Live.FirstOrDefault(one => one.Realm == realm);

    private bool IsCurrent(Association association) =>
        credentials.TryGet(association.Realm.Name, out var credential) && ReferenceEquals(credential, association.Credential);
}
