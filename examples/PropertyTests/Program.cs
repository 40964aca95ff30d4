// Property tests of SIP software: FsCheck makes the messages and the troubles, this says what must hold for all of them.
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Testing.Generators;

// Two lines: every valid request, in all spellings the grammar allows. A failure is shrunk to the plainest request that still fails.
Prop.ForAll(SipArbitraries.Request, request => SipResponse.For(request, 200, null, "tag").CallId == request.CallId)
    .QuickCheckThrowOnFailure();

// A message with one defect is refused, or dropped where there is no way back: it never passes for a good one.
Prop.ForAll(SipArbitraries.AlmostValid, message =>
        SipParser.Parse(message.Bytes).Match(parsed => parsed is not SipRequest || message.Status is null or >= 400, malformed => malformed.Offset >= 0))
    .Label("one defect").QuickCheckThrowOnFailure();

// An application on a network that loses, cuts and crashes: once that is over it is registered again.
Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(SipArbitraries.Faults, faults =>
{
    var network = new SimulatedNetwork(faults.Seed);
    network.StartServer("example.test", users: ["alice"]);
    var alice = network.UserEndpoint("alice");
    network.RunFor(TimeSpan.FromSeconds(1));
    faults.ApplyTo(network, "example.test");
    network.RunFor(faults.End + TimeSpan.FromMinutes(10));
    network.RunUntil(() => alice.CurrentState is EndpointState.Established, TimeSpan.FromHours(2));
}));
