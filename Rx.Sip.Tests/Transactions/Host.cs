using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transactions;

/// <summary>A connection manager with a transaction layer on the wire.</summary>
internal sealed class Host
{
    private static readonly Dictionary<string, IReadOnlyList<IPAddress>> Names = new()
    {
        ["bob.test"] = [IPAddress.Parse("192.0.2.2")],
        ["two.test"] = [IPAddress.Parse("192.0.2.3"), IPAddress.Parse("192.0.2.2")],
    };

    public Host(Wire wire, string address, SipTimers? timers = null, long seed = 1, int maxServers = 1000, OverloadControlOffer offer = OverloadControlOffer.Loss, long maxAnsweredOctets = long.MaxValue)
        : this(wire, address, timers ?? SipTimers.Default, seed, offer, new TrafficLimits { MaxServerTransactions = maxServers, MaxAnsweredOctets = maxAnsweredOctets })
    {
    }

    public Host(Wire wire, string address, TrafficLimits limits) : this(wire, address, SipTimers.Default, 1, OverloadControlOffer.Loss, limits)
    {
    }

    private Host(Wire wire, string address, SipTimers timers, long seed, OverloadControlOffer offer, TrafficLimits limits)
    {
        Address = IPEndPoint.Parse(address);
        Udp = new WireTransport(wire, SipTransportType.Udp, Address);
        Tcp = new WireTransport(wire, SipTransportType.Tcp, Address);
        Manager = new RealTimeClientConnectionManager(new ConnectionManagerSettings
        {
            Scheduler = wire.Time,
            Identifiers = new SipIdentifiers(seed),
            Resolver = new FixedResolver(Names),
            Transports = [Udp, Tcp],
            OverloadControl = offer,
            TrafficLimits = limits,
        });
        Manager.StartListening(SipTransportType.Udp, Address).Subscribe(_ => { });
        Manager.StartListening(SipTransportType.Tcp, Address).Subscribe(_ => { });
        Manager.Unexpected.Subscribe(Errors.Add);
        Layer = new TransactionLayer(Manager, timers, User);
    }

    public IPEndPoint Address { get; }

    public WireTransport Udp { get; }

    public WireTransport Tcp { get; }

    public RealTimeConnectionManager Manager { get; }

    public TransactionLayer Layer { get; }

    public TransactionUserRecorder User { get; } = new();

    /// <summary>What escaped into the mailbox.</summary>
    public List<Exception> Errors { get; } = [];

    public SipTarget Target(SipTransportType transport = SipTransportType.Udp) => new(transport, Address, Address.Address.ToString());

    /// <summary>Gives the host a message as if a peer had sent it.</summary>
    public void Hear(string from, SipMessage message, SipTransportType transport = SipTransportType.Udp) =>
        (transport == SipTransportType.Udp ? Udp : Tcp).Receive(IPEndPoint.Parse(from), message.Bytes.Span);

    /// <summary>What the host still holds.</summary>
    public (int Transactions, int Timers) Left => (Layer.ActiveTransactions, Layer.PendingTimers);
}
