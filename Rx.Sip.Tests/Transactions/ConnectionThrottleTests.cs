using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public class ConnectionThrottleTests
{
    private readonly Wire _wire = new();
    private readonly Host _alice;
    private readonly List<string> _changes = [];

    public ConnectionThrottleTests()
    {
        _alice = new Host(_wire, Pair.AliceAddress, new TrafficLimits { TransactionHighWaterMark = 4, TransactionLowWaterMark = 2 });
        _alice.Manager.Throttling.Subscribe(change => _changes.Add(FormattableString.Invariant($"{_wire.Now.TotalSeconds} {change.IsThrottled}")));
    }

    [Fact]
    public void From_the_high_mark_on_requests_fail_at_once_until_the_low_mark()
    {
        var asked = Enumerable.Range(0, 4).Select(_ => Ask()).ToList();
        var requests = Sent();
        var one = Ask();
        Assert.Equal(["0 503 Too Many Requests Outstanding (local)", "0 end"], one.Log);
        Assert.Equal(SipLocalCause.Throttled, one.Final!.LocalCause);
        Assert.Equal(4, Sent().Count);

        Answer(requests[0]);
        Assert.Equal(503, Ask().Final!.StatusCode);
        Answer(requests[1]);
        var next = Ask();

        Assert.Null(next.Final);
        Assert.Equal(5, Sent().Count);
        Assert.All(asked.Take(2), outcome => Assert.Equal(200, outcome.Final!.StatusCode));
        Assert.Equal(2, _alice.Manager.Traffic.Exceeded(TrafficLimit.TransactionHighWaterMark));
        _wire.RunTo(0.0001);
        Assert.Equal(["True", "False"], _changes.Select(change => change.Split(' ')[1]));
    }

    [Fact]
    public void A_silent_peer_is_asked_again_when_its_requests_have_run_out()
    {
        for (var i = 0; i < 4; i++)
            Ask();
        _wire.RunTo(31.9999);
        Assert.Equal(503, Ask().Final!.StatusCode);

        _wire.RunTo(32);
        Assert.Null(Ask().Final);

        _wire.RunTo(32.0001);
        Assert.Equal(["True", "False"], _changes.Select(change => change.Split(' ')[1]));
        Assert.StartsWith("32", _changes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_ends_something_and_other_peers_are_not_held_back()
    {
        var invite = Ask(Given.Request(SipMethod.Invite));
        _alice.Hear(Pair.BobAddress, SipResponse.For(Sent()[0], 180, null, "b1"));
        for (var i = 0; i < 3; i++)
            Ask();

        invite.Dispose();
        Assert.Contains(Sent(), request => request.Method == SipMethod.Cancel);
        Assert.Empty(Ask(Given.Request(SipMethod.Ack)).Log.Where(line => line.Contains("503", StringComparison.Ordinal)));
        Assert.Null(new Outcome(_alice.Layer.To(new SipTarget(SipTransportType.Udp, Given.EndPoint("192.0.2.9:5060"), "carol.test")).Request(Given.Message), _wire).Final);
    }

    [Fact]
    public void Whatever_is_asked_and_answered_no_more_wait_than_the_mark_says_and_in_the_end_nothing_is_counted() =>
        Prop.ForAll(ArbMap.Default.ArbFor<bool[]>(), steps =>
        {
            var wire = new Wire();
            var alice = new Host(wire, Pair.AliceAddress, new TrafficLimits { TransactionHighWaterMark = 4, TransactionLowWaterMark = 2 });
            var flow = alice.Manager.FlowTo(Pair.BobTarget(SipTransportType.Udp));
            var (open, throttled) = (new Queue<SipRequest>(), false);
            foreach (var asks in steps)
            {
                if (asks)
                {
                    var outcome = new Outcome(alice.Layer.To(Pair.BobTarget(SipTransportType.Udp)).Request(Given.Message), wire);
                    Assert.Equal(throttled, outcome.Final is not null);
                    if (!throttled)
                        open.Enqueue(wire.Sent.Select(sent => sent.Message).OfType<SipRequest>().Last());
                }
                else if (open.TryDequeue(out var request))
                {
                    alice.Hear(Pair.BobAddress, SipResponse.For(request, 200, null, "b1"));
                }
                throttled = open.Count >= 4 || (throttled && open.Count > 2);
                Assert.Equal((open.Count, throttled), (flow.Outstanding, flow.IsThrottled));
            }
            wire.RunTo(100);
            return flow is { Outstanding: 0, IsThrottled: false };
        }).QuickCheckThrowOnFailure();

    private Outcome Ask() => Ask(Given.Message);

    private Outcome Ask(SipRequest request) => new(_alice.Layer.To(Pair.BobTarget(SipTransportType.Udp)).Request(request), _wire);

    private void Answer(SipRequest request) => _alice.Hear(Pair.BobAddress, SipResponse.For(request, 200, null, "b1"));

    private List<SipRequest> Sent() => [.. _wire.Sent.Select(sent => sent.Message).OfType<SipRequest>()];
}
