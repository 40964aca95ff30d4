using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>An endpoint that ends in order: nothing new, and what runs is finished.</summary>
public sealed class DrainingTests
{
    private readonly Stage _stage = new();
    private readonly List<IncomingRequest> _unanswered = [];
    private readonly SipPeerToPeerEndpoint _alice;
    private readonly SipPeerToPeerEndpoint _bob;

    public DrainingTests()
    {
        _alice = _stage.Peer("alice", new SipPeerToPeerEndpointSettings("sip:alice@alice") { MaxConcurrentTransactions = 1 }).Endpoint;
        _bob = _stage.Peer("bob", new SipPeerToPeerEndpointSettings("sip:bob@bob") { AutoRespond = AutoRespond.Never }).Endpoint;
        _bob.Messages.Subscribe(_unanswered.Add);
    }

    [Fact]
    public void An_endpoint_without_work_ends_at_once()
    {
        using var states = _alice.State.Record(_stage.World.Scheduler);
        var drained = _stage.Ask(_alice.Drain());
        Assert.Equal(new EndpointState.Terminated(TerminationReason.TerminatedLocally, null), Assert.Single(drained.Values));
        Assert.Equal(["Established", "Draining", "Terminated (TerminatedLocally)"], states.Values.Select(state => state.ToString()));
        Assert.True(drained.IsCompleted && states.IsCompleted);
    }

    [Fact]
    public void What_is_on_its_way_and_what_waits_is_answered_before_the_end()
    {
        var (first, second) = (Record(_alice.SendMessage("sip:bob@bob", "1")), Record(_alice.SendMessage("sip:bob@bob", "2")));
        var drained = Record(_alice.Drain());
        _stage.Run();
        Assert.IsType<EndpointState.Draining>(_alice.CurrentState);
        Assert.Empty(drained.Values);
        for (var number = 0; number < 2; number++)
        {
            Assert.Equal(number + 1, _unanswered.Count);
            _unanswered[number].Respond(200);
            _stage.Run();
        }
        Assert.All((Recording<SipResponse>[])[first, second], sent => Assert.Equal(200, sent.Values[^1].StatusCode));
        Assert.IsType<EndpointState.Terminated>(Assert.Single(drained.Values));
    }

    [Fact]
    public void Nothing_new_is_sent_and_nothing_new_is_let_in()
    {
        using var sent = Record(_alice.SendMessage("sip:bob@bob", "1"));
        using var heard = _alice.Messages.Record(_stage.World.Scheduler);
        using var draining = _alice.Drain().Subscribe();
        _stage.Run();
        Assert.IsType<InvalidOperationException>(_stage.Ask(_alice.SendMessage("sip:bob@bob", "late")).Error);
        Assert.Equal(503, _stage.StatusOf(_bob.SendMessage("sip:alice@alice", "late")));
        Assert.Empty(heard.Values);
        Assert.Single(_unanswered);
    }

    [Fact]
    public void Who_drains_does_not_begin_anew()
    {
        using var sent = Record(_alice.SendMessage("sip:bob@bob", "1"));
        using var draining = _alice.Drain().Subscribe();
        _stage.Run();
        Assert.IsType<InvalidOperationException>(_stage.Ask(_alice.Establish()).Error);
        Assert.IsType<EndpointState.Draining>(_alice.CurrentState);
    }

    [Fact]
    public void While_it_only_takes_its_leave_messages_still_arrive()
    {
        _stage.StartRegistrar();
        var carol = _stage.User("carol");
        _stage.Ask(carol.Establish());
        using var heard = carol.Messages.Record(_stage.World.Scheduler);
        _stage.Answer = _ => null;
        using var terminating = carol.Terminate().Subscribe();
        _stage.Run();
        Assert.IsType<EndpointState.Terminating>(carol.CurrentState);
        var contact = _stage.Heard[0].Request.Contacts[0].Uri;
        Assert.Equal(200, _stage.StatusOf(_bob.SendMessage(contact.ToString(), "just in time")));
        Assert.Single(heard.Values);
    }

    [Fact]
    public void Who_is_in_a_hurry_terminates_and_what_runs_is_cut_short()
    {
        var sent = Record(_alice.SendMessage("sip:bob@bob", "1"));
        var drained = Record(_alice.Drain());
        _stage.Run();
        _stage.Ask(_alice.Terminate());
        Assert.Equal((503, true), (sent.Values[^1].StatusCode, sent.Values[^1].IsLocal));
        Assert.IsType<EndpointState.Terminated>(Assert.Single(drained.Values));
        Assert.True(drained.IsCompleted);
    }

    [Fact]
    public void A_peer_that_never_answers_delays_the_end_for_as_long_as_a_transaction_takes()
    {
        using var sent = Record(_alice.SendMessage("sip:nobody@10.99.0.1", "1"));
        var drained = Record(_alice.Drain());
        _stage.World.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromSeconds(32), drained.EndedAfter);
    }

    [Fact]
    public void A_registered_endpoint_stays_registered_until_its_work_is_done_and_leaves_then()
    {
        _stage.StartRegistrar();
        var carol = _stage.User("carol");
        _stage.Ask(carol.Establish());
        using var states = carol.State.Record(_stage.World.Scheduler);
        using var sent = Record(carol.InnerEndpoint.SendMessage("sip:example.test", "never answered"));
        var drained = Record(carol.Drain());
        _stage.World.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(["Established", "Draining", "Terminating", "Terminated"], states.Values.Select(state => state.GetType().Name));
        Assert.True(drained.IsCompleted);
        Assert.Equal(["3600", "0"], _stage.Heard.Where(request => request.Request.Method == SipMethod.Register).Select(request => request.Request.Headers.Get("Expires")));
    }

    private Recording<T> Record<T>(IObservable<T> source) => source.Record(_stage.World.Scheduler);
}
