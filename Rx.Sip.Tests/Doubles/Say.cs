using Rx.Sip.Messages;

namespace Rx.Sip.Tests.Doubles;

/// <summary>Short ways to make the messages that tests send about.</summary>
internal static class Say
{
    public static SipRequest Request(SipMethod method, string uri = "sip:example.test", uint sequence = 1) =>
        SipRequest.Create(
            method, SipUri.Parse(uri), NameAddress.Parse("<sip:alice@example.test>;tag=a1"), NameAddress.Parse("<sip:alice@example.test>"),
            "call-1", sequence);

    public static SipRequest Register(uint sequence = 1) => Request(SipMethod.Register, sequence: sequence);

    public static SipResponse Answer(this SipRequest request, int status) => SipResponse.For(request, status, null, "b1");

    public static SipResponse Challenge(this SipRequest request, params IEnumerable<string> challenges) =>
        challenges.Aggregate(request.Answer(401), (response, challenge) => response.WithAddedHeader("WWW-Authenticate", challenge));

    public static SipResponse ProxyChallenge(this SipRequest request, params IEnumerable<string> challenges) =>
        challenges.Aggregate(request.Answer(407), (response, challenge) => response.WithAddedHeader("Proxy-Authenticate", challenge));
}
