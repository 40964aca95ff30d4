using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Doubles;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public class RequestPaceTests
{
    private readonly VirtualTime _time = new();
    private readonly List<(uint Number, double Second)> _sent = [];

    [Fact]
    public void Clients_that_share_a_pace_send_in_order_and_no_two_closer_than_it_allows()
    {
        var pace = new RequestPace(4, _time);
        PacedClient[] clients = [new(new PretendServer(Note), pace), new(new PretendServer(Note), pace)];
        for (var number = 1; number <= 6; number++)
            clients[number % 2].Request(Say.Register((uint)number)).Subscribe();
        _time.RunFor(TimeSpan.FromSeconds(10));
        clients[0].Request(Say.Register(7)).Subscribe();

        Assert.Equal([(1, 0), (2, 0.25), (3, 0.5), (4, 0.75), (5, 1), (6, 1.25), (7, 10)], _sent);
    }

    [Fact]
    public void What_removes_a_binding_does_not_wait_and_what_is_given_up_is_never_sent()
    {
        var client = new PacedClient(new PretendServer(Note), new RequestPace(1, _time));
        client.Request(Say.Register(1)).Subscribe();
        var given = client.Request(Say.Register(2)).Subscribe();
        client.Request(Say.Register(3).WithHeader("Expires", "0")).Subscribe();
        given.Dispose();
        _time.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal([(1, 0), (3, 0)], _sent);
        Assert.Equal(0, _time.PendingCount);
    }

    private IObservable<SipResponse> Note(SipRequest request)
    {
        _sent.Add((request.CSeq!.Value.Number, _time.Elapsed.TotalSeconds));
        return Observable.Return(request.Answer(200));
    }
}
