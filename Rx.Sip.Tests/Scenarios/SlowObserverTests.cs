using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Transactions;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

public sealed class SlowObserverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_slow_observer_holds_up_neither_another_endpoint_nor_a_retransmission()
    {
        var wire = new Wire();
        var address = IPEndPoint.Parse("192.0.2.1:5060");
        var udp = new WireTransport(wire, SipTransportType.Udp, address);
        var manager = new RealTimeClientConnectionManager(new ConnectionManagerSettings
        {
            Scheduler = new PooledPresent(wire.Time),
            Identifiers = new SipIdentifiers(1),
            Resolver = new FixedResolver(new Dictionary<string, IReadOnlyList<IPAddress>>()),
            Transports = [udp],
        });
        using var listening = manager.StartListening(SipTransportType.Udp, address).Subscribe();
        var (slow, quick) = (Endpoint("slow"), Endpoint("quick"));
        using ManualResetEventSlim busy = new(), free = new(), heard = new();
        using var holding = slow.Messages.Subscribe(_ =>
        {
            busy.Set();
            free.Wait(Patience);
        });
        using var hearing = quick.Messages.Subscribe(_ => heard.Set());
        using var sending = slow.SendMessage("sip:somebody@192.0.2.9", "hello").Subscribe();

        Hear("slow", "1");
        Assert.True(busy.Wait(Patience, TestContext.Current.CancellationToken));
        Hear("quick", "2");
        Assert.True(heard.Wait(Patience, TestContext.Current.CancellationToken));
        wire.RunTo(2);
        Assert.Equal([0, 0.5, 1.5], wire.Sent.Where(sent => sent.Name == "MESSAGE").Select(sent => sent.At.TotalSeconds));
        Assert.False(free.IsSet);
        free.Set();

        SipPeerToPeerEndpoint Endpoint(string name) =>
            new(new SipPeerToPeerEndpointSettings($"sip:{name}@192.0.2.1") { AutoRespond = AutoRespond.Never }, manager);

        void Hear(string user, string id) => udp.Receive(IPEndPoint.Parse("192.0.2.2:5060"), SipRequest.Create(
            SipMethod.Message, SipUri.Parse($"sip:{user}@192.0.2.1"), NameAddress.Parse("<sip:x@y>;tag=1"), NameAddress.Parse($"<sip:{user}@192.0.2.1>"), id, 1)
            .WithHeader("Via", $"SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK{id}").Bytes.Span);
    }
}
