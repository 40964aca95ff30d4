using System.Net;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Runtime;
using Rx.Sip.Testing;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>A proxy and the registrar behind it both want to know who speaks, and check what they are told (RFC 3261 §22.3).</summary>
public sealed class TwoHopsTests
{
    [Theory]
    [InlineData("example.test")]
    [InlineData("proxy.test")]
    public void An_endpoint_satisfies_both_and_from_then_on_before_they_ask(string proxyRealm)
    {
        var stage = new Stage();
        stage.StartRegistrar();
        var (proxy, registrar) = (Verifier(stage, proxyRealm, 1), Verifier(stage, "example.test", 2));
        var refused = 0;
        stage.Answer = request =>
        {
            var answer = Ask(request, proxy, isProxy: true) ?? Ask(request, registrar, isProxy: false)
                ?? (request.Request.Method == SipMethod.Register ? Stage.Grant(request).WithHeader("Contact", request.Request.Headers.Get("Contact")!) : request.CreateResponse(200));
            refused += answer.IsSuccess ? 0 : 1;
            return answer;
        };
        var alice = stage.User("alice", SipTransportType.Udp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { RefreshWindow = new RefreshWindow(0.5, 0.5) });
        alice.InnerEndpoint.CredentialCache.Add("example.test", new NetworkCredential("alice", "secret"));
        alice.InnerEndpoint.CredentialCache.Add(proxyRealm, new NetworkCredential("alice", "secret"));
        alice.Establish().Subscribe(_ => { }, _ => { });
        stage.Run();
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Equal((3, 2), (stage.Heard.Count, refused));

        // For the registrar the answer is good where it was given: for REGISTERs. The proxy sees one with every request.
        stage.World.RunFor(TimeSpan.FromMinutes(31));
        Assert.Equal((4, 2), (stage.Heard.Count, refused));
        using var options = alice.Send(SipRequest.Create(
            SipMethod.Options, SipUri.Parse("sip:example.test"), NameAddress.Parse("<sip:alice@example.test>;tag=a"), NameAddress.Parse("<sip:example.test>"), "c", 1)).Record(stage.World.Scheduler);
        stage.Run();
        Assert.Equal(200, options.Values[^1].StatusCode);
        Assert.Equal((5, 2), (stage.Heard.Count, refused));
        stage.World.AssertNothingLeft();
    }

    private static SipResponse? Ask(IncomingRequest request, DigestVerifier verifier, bool isProxy) => verifier.Verify(request.Request, isProxy) switch
    {
        DigestVerdict.Accepted => null,
        var verdict => verifier.Challenge(verdict is not DigestVerdict.Refused).Aggregate(
            request.CreateResponse(isProxy ? 407 : 401), (response, challenge) => response.WithAddedHeader(isProxy ? "Proxy-Authenticate" : "WWW-Authenticate", challenge)),
    };

    private static DigestVerifier Verifier(Stage stage, string realm, long seed) => new(
        new DigestVerifierSettings { Realm = realm, NonceLifetime = TimeSpan.FromHours(2) }, _ => "secret", stage.World.Scheduler, new SipIdentifiers(seed));
}
