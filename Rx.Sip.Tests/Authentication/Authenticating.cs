using System.Net;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Xunit;
using CredentialCache = Rx.Sip.Authentication.CredentialCache;

namespace Rx.Sip.Tests.Authentication;

/// <summary>Clients that hold alice's credential for example.test, and servers that ask for it.</summary>
internal static class Authenticating
{
    public const string Md5 = "Digest realm=\"example.test\", nonce=\"n1\", qop=\"auth\"";
    public const string Sha256 = "Digest realm=\"example.test\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"";

    public static CredentialCache Credentials()
    {
        var cache = new CredentialCache();
        cache.Add("example.test", new NetworkCredential("alice", "secret"));
        return cache;
    }

    public static SecurityAssociations Associations(CredentialCache credentials) =>
        new(credentials, SipAuthenticationProtocols.Digest, new SipIdentifiers(1));

    public static List<SipResponse> Run(AuthenticatingClient client, SipRequest request)
    {
        var (seen, completed) = (new List<SipResponse>(), false);
        client.Request(request).Subscribe(seen.Add, () => completed = true);
        Assert.True(completed);
        return seen;
    }

    public static List<int> RunForStatus(AuthenticatingClient client, SipRequest request) =>
        [.. Run(client, request).Select(response => response.StatusCode)];

    public static PretendServer Demanding(params string[] challenges) =>
        new(request => request.Authorization.Count == 0 ? request.Challenge(challenges) : request.Answer(200));

    public static string? Nonce(SipRequest request) => request.Authorization is [var sent, ..] ? sent.Get("nonce") : null;
}
