using System.Reactive.Linq;
using System.Reactive.Subjects;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public sealed class ThrottledClientTests : ThrottleRig
{
    [Fact]
    public void Twenty_run_and_the_21st_begins_at_the_very_instant_the_first_ends()
    {
        var client = Client(20);
        var answers = Enumerable.Range(1, 25).Select(number => Ask(client, number)).ToList();
        Assert.Equal(20, Begun.Count);
        Assert.Equal(new ThrottleState(20, 5), States[^1]);

        Time.RunFor(TimeSpan.FromSeconds(7));
        Answer(3);
        Assert.Equal((21u, TimeSpan.FromSeconds(7)), Begun[^1]);
        Assert.Equal(new ThrottleState(20, 4), States[^1]);
        Assert.Equal([200], answers[2].Values.Select(response => response.StatusCode));
        Assert.True(answers[2].IsCompleted);

        Time.RunFor(TimeSpan.FromSeconds(1));
        Answer(1);
        Assert.Equal((22u, TimeSpan.FromSeconds(8)), Begun[^1]);
    }

    [Fact]
    public void Those_that_wait_begin_in_the_order_they_came()
    {
        var client = Client(2);
        for (var number = 1; number <= 10; number++)
            Ask(client, number);
        for (uint number = 1; number <= 10; number++)
            Answer(number);
        Assert.Equal(Enumerable.Range(1, 10).Select(number => (uint)number), Begun.Select(one => one.Number));
        Assert.Equal(default, States[^1]);
    }

    [Fact]
    public void A_provisional_response_passes_and_frees_no_place()
    {
        var client = Client(1);
        var first = Ask(client, 1);
        Ask(client, 2);
        Open[1].OnNext(Say.Request(SipMethod.Message).Answer(183));
        Assert.Single(Begun);
        Assert.Equal([183], first.Values.Select(response => response.StatusCode));
    }

    [Fact]
    public void One_that_is_given_up_while_it_waits_leaves_the_queue_and_is_never_sent()
    {
        var client = Client(1);
        Ask(client, 1);
        var second = Ask(client, 2);
        Ask(client, 3);
        second.Dispose();
        Assert.Equal(new ThrottleState(1, 1), States[^1]);
        Answer(1);
        Assert.Equal([1u, 3u], Begun.Select(one => one.Number));
        Assert.Empty(second.Notifications);
    }

    [Fact]
    public void One_that_is_given_up_while_it_runs_is_abandoned_and_makes_room()
    {
        var client = Client(1);
        var first = Ask(client, 1);
        Ask(client, 2);
        var transaction = Open[1];
        first.Dispose();
        Assert.False(transaction.HasObservers);
        Assert.Equal([1u, 2u], Begun.Select(one => one.Number));
        first.Dispose();
        Assert.Equal(new ThrottleState(1, 0), States[^1]);
    }

    [Fact]
    public void One_that_is_given_up_after_its_end_takes_nobody_elses_room()
    {
        var client = Client(1);
        var first = Ask(client, 1);
        Ask(client, 2);
        Ask(client, 3);
        Answer(1);
        first.Dispose();
        Assert.Equal([1u, 2u], Begun.Select(one => one.Number));
        Assert.Equal(new ThrottleState(1, 1), States[^1]);
    }

    [Fact]
    public void Who_finds_the_queue_full_gets_a_local_503_at_once_and_the_others_keep_their_places()
    {
        var client = Client(1, maxQueued: 2);
        for (var number = 1; number <= 3; number++)
            Ask(client, number);
        var refused = Ask(client, 4);
        var response = Assert.Single(refused.Values);
        Assert.Equal((503, true), (response.StatusCode, response.IsLocal));
        Assert.True(refused.IsCompleted);
        Assert.Equal(new ThrottleState(1, 2), States[^1]);
        Answer(1);
        Answer(2);
        Answer(3);
        Assert.Equal([1u, 2u, 3u], Begun.Select(one => one.Number));
    }

    [Fact]
    public void With_no_place_to_wait_a_free_transaction_is_still_taken()
    {
        var client = Client(1, maxQueued: 0);
        Ask(client, 1);
        Assert.Single(Ask(client, 2).Values);
        Answer(1);
        Ask(client, 3);
        Assert.Equal([1u, 3u], Begun.Select(one => one.Number));
    }

    [Fact]
    public void Unthrottled_all_run_at_once()
    {
        var client = Client(null, maxQueued: 0);
        for (var number = 1; number <= 1000; number++)
            Ask(client, number);
        Assert.Equal(1000, Begun.Count);
    }

    [Fact]
    public void A_failure_makes_room_as_well()
    {
        var client = Client(1);
        var first = Ask(client, 1);
        Ask(client, 2);
        Open[1].OnError(new FormatException());
        Assert.IsType<FormatException>(first.Error);
        Assert.Equal(2, Begun.Count);
    }

    [Fact]
    public void A_client_that_throws_on_the_spot_does_not_cost_a_place()
    {
        var client = new ThrottledClient(new PretendServer((Func<SipRequest, IObservable<SipResponse>>)(_ => throw new FormatException())), Mailbox, Limit(1), 10, Meter) { Changed = States.Add };
        Assert.IsType<FormatException>(Ask(client, 1).Error);
        Assert.IsType<FormatException>(Ask(client, 2).Error);
        Assert.Equal(default, States[^1]);
    }

    [Fact]
    public void A_queue_of_any_length_that_is_answered_on_the_spot_needs_no_deep_stack()
    {
        var gate = new Subject<SipResponse>();
        var client = new ThrottledClient(
            new PretendServer(request => request.CSeq!.Value.Number == 1 ? gate : Observable.Return(request.Answer(200))), Mailbox, Limit(1), 100_000, Meter)
        { Changed = States.Add };
        Ask(client, 1);
        var answered = 0;
        for (var number = 2; number <= 50_000; number++)
            client.Request(Numbered(number)).Subscribe(_ => answered++);
        Assert.Equal(0, answered);
        gate.OnNext(Numbered(1).Answer(200));
        gate.OnCompleted();
        Assert.Equal(49_999, answered);
        Assert.Equal(default, States[^1]);
    }

    [Fact]
    public void Closed_it_answers_everybody_once_with_a_local_503_and_abandons_what_runs()
    {
        var client = Client(2);
        var answers = Enumerable.Range(1, 5).Select(number => Ask(client, number)).ToList();
        var running = Open[1];
        client.Close();
        Assert.All(answers, answer => Assert.Equal((503, true), (Assert.Single(answer.Values).StatusCode, answer.IsCompleted)));
        Assert.False(running.HasObservers);
        Assert.Equal(2, Begun.Count);
        Assert.Equal(default, States[^1]);
        Assert.Equal(503, Assert.Single(Ask(client, 6).Values).StatusCode);
        client.Close();
        Assert.All(answers, answer => Assert.Equal(2, answer.Notifications.Count));
    }

    [Fact]
    public void Whatever_comes_ends_and_leaves_in_whatever_order_the_limit_holds_and_none_is_forgotten() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), steps =>
        {
            var (mailbox, open, begun) = (new Mailbox(error => throw error), new List<(uint Number, Subject<SipResponse> Answer)>(), new List<uint>());
            var last = default(ThrottleState);
            var holds = true;
            var inner = new PretendServer(request => Observable.Defer(() =>
            {
                var answer = new Subject<SipResponse>();
                open.Add((request.CSeq!.Value.Number, answer));
                begun.Add(request.CSeq.Value.Number);
                return answer;
            }).Finally(() => open.RemoveAll(one => one.Number == request.CSeq!.Value.Number)));
            var client = new ThrottledClient(inner, mailbox, Limit(3), 1000, Meter) { Changed = state => last = state };
            var (asked, leavers) = (0, new List<(uint Number, IDisposable Leave)>());
            var (finals, left) = (new HashSet<uint>(), new HashSet<uint>());
            foreach (var step in steps)
            {
                if (step % 4 < 2)
                {
                    var number = (uint)++asked;
                    leavers.Add((number, client.Request(Numbered(asked)).Subscribe(_ => holds &= finals.Add(number) && !left.Contains(number))));
                }
                else if (step % 4 == 2 && open.Count > 0)
                {
                    var (number, answer) = open[step % open.Count];
                    answer.OnNext(Numbered((int)number).Answer(200));
                    answer.OnCompleted();
                }
                else if (leavers.Count > 0)
                {
                    var (number, leave) = leavers[step % leavers.Count];
                    if (!finals.Contains(number))
                        left.Add(number);
                    leave.Dispose();
                }
                var waiting = asked - finals.Count - left.Count - open.Count;
                holds &= open.Count <= 3 && last == new ThrottleState(open.Count, waiting) && (waiting == 0 || open.Count == 3);
            }
            while (open.Count > 0)
            {
                var (number, answer) = open[0];
                answer.OnNext(Numbered((int)number).Answer(200));
                answer.OnCompleted();
            }
            return holds && finals.Count + left.Count == asked && begun.SequenceEqual(begun.Order()) && last == default;
        }).QuickCheckThrowOnFailure();
}
