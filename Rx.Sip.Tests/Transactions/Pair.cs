using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transactions;

/// <summary>Alice's host, and Bob's, who is a host too or the test itself.</summary>
internal sealed class Pair
{
    public const string AliceAddress = "192.0.2.1:5060";
    public const string BobAddress = "192.0.2.2:5060";

    private readonly Host? _bob;

    public Pair(bool withBob = true, SipTimers? timers = null, int maxServers = 1000)
    {
        Alice = new Host(Wire, AliceAddress, timers, seed: 1, maxServers);
        _bob = withBob ? new Host(Wire, BobAddress, timers, seed: 2, maxServers) : null;
    }

    public Wire Wire { get; } = new();

    public Host Alice { get; }

    public Host Bob => _bob ?? throw new InvalidOperationException("Bob is the test.");

    public Outcome Ask(SipRequest request, SipTransportType transport = SipTransportType.Udp) =>
        Ask(request, BobTarget(transport));

    public static SipTarget BobTarget(SipTransportType transport) => new(transport, Given.EndPoint(BobAddress), "bob.test");

    public Outcome Ask(SipRequest request, SipTarget? target) => new(Alice.Layer.To(target).Request(request), Wire);

    /// <summary>Bob's answer to the last request that was sent.</summary>
    public void Answer(int status, SipTransportType transport = SipTransportType.Udp) => Answer(LastRequest, status, transport);

    public void Answer(SipRequest request, int status, SipTransportType transport = SipTransportType.Udp) =>
        Alice.Hear(BobAddress, SipResponse.For(request, status, null, "b1"), transport);

    public SipRequest LastRequest => Wire.Sent.Select(sent => sent.Message).OfType<SipRequest>().Last();

    /// <summary>The instants in seconds at which messages of that name were sent.</summary>
    public string TimesOf(string name) =>
        string.Join(' ', Wire.Sent.Where(sent => sent.Name == name).Select(sent => FormattableString.Invariant($"{sent.At.TotalSeconds:0.###}")));
}
