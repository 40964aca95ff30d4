using System.Reactive.Linq;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Tests.Doubles;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public sealed class ThrottleOrderTests : ThrottleRig
{
    [Fact]
    public void More_begin_at_once_when_the_limit_is_raised_and_with_a_lower_one_those_that_run_go_on()
    {
        var limit = Limit(2);
        var client = Client(limit);
        for (var number = 1; number <= 8; number++)
            Ask(client, number);
        limit.Most = 4;
        Assert.Equal([1u, 2, 3, 4], Begun.Select(one => one.Number));
        Assert.Equal(new ThrottleState(4, 4), States[^1]);

        limit.Most = 1;
        Assert.Equal(4, Open.Values.Count(answer => answer.HasObservers));
        Answer(1);
        Answer(2);
        Answer(3);
        Assert.Equal(4, Begun.Count);
        Answer(4);
        Assert.Equal(5u, Begun[^1].Number);
        Assert.Equal(new ThrottleState(1, 3), States[^1]);

        limit.IsOn = false;
        Assert.Equal(8, Begun.Count);
        Assert.Equal(new ThrottleState(4, 0), States[^1]);
    }

    [Fact]
    public void A_REGISTER_goes_before_all_that_wait_and_has_a_place_to_wait_of_its_own()
    {
        var client = Client(1, maxQueued: 2);
        for (var number = 1; number <= 3; number++)
            Ask(client, number);
        client.Request(Say.Register(101)).Subscribe();
        client.Request(Say.Register(102)).Subscribe();
        Assert.Equal(new ThrottleState(1, 4), States[^1]);
        foreach (var number in new uint[] { 1, 101, 102, 2, 3 })
            Answer(number);
        Assert.Equal([1u, 101, 102, 2, 3], Begun.Select(one => one.Number));
        Assert.Equal(default, States[^1]);
    }

    [Theory]
    [InlineData("ACK")]
    [InlineData("CANCEL")]
    public void What_must_not_wait_does_not_and_takes_nobodys_place(string method)
    {
        var client = Client(1, maxQueued: 0);
        Ask(client, 1);
        client.Request(Say.Request(SipMethod.Parse(method), sequence: 50)).Subscribe();
        Assert.Equal([1u, 50], Begun.Select(one => one.Number));
        Assert.Equal(new ThrottleState(1, 0), States[^1]);
    }

    [Fact]
    public void Each_refusal_says_why_and_is_counted()
    {
        var client = Client(1, maxQueued: 0);
        var first = Ask(client, 1);
        Assert.Equal(SipLocalCause.Throttled, Ask(client, 2).Values[0].LocalCause);
        Assert.Equal(1, Meter.Counts.Throttled);
        client.Close();
        Assert.Equal(SipLocalCause.EndpointTerminated, first.Values[0].LocalCause);
        Assert.Equal(1, Meter.Counts.Throttled);
    }
}
