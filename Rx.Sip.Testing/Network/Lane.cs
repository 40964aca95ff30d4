using System.Net;
using System.Text;
using Rx.Sip.Runtime;

namespace Rx.Sip.Testing.Network;

/// <summary>
/// One direction of a link: decides what becomes of what is sent along it. Its dice are its own, seeded by the network's seed and
/// both addresses, so that traffic elsewhere does not change what happens here.
/// </summary>
internal sealed class Lane(SimulatedNetwork network, NetworkLink link, SimulatedHost from, SimulatedHost to)
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstRetransmission = TimeSpan.FromMilliseconds(200);
    private const int MaxRetransmissions = 6;
    private const int LargestDatagram = 65_507;

    private readonly SipIdentifiers _chance = new(Seed(network.Seed, $"{from.Address}>{to.Address}"));
    private DateTimeOffset _latest;

    public NetworkConditions Conditions => link.Conditions;

    public bool IsOpen => link.IsOpen;

    public bool IsCut => link.IsCut;

    public SimulatedHost From => from;

    public SimulatedHost To => to;

    public Lane Back => link.LaneFrom(to);

    public void WhenOpen(Action goOn) => link.WhenOpen(goOn);

    public void CarryDatagram(IPEndPoint source, IPEndPoint destination, ReadOnlyMemory<byte> octets)
    {
        var entry = network.Traffic.Add(Datagram(source, destination, octets, isDuplicate: false));
        // Drawn whatever comes of it: a change of the conditions midway leaves the other dice where they were.
        var (isLost, isDoubled) = (Happens(Conditions.Loss), Happens(Conditions.Duplication));
        if (!IsOpen)
            network.Traffic.WasLost(entry, WhyClosed);
        else if (octets.Length > LargestDatagram)
            network.Traffic.WasLost(entry, "too large for a datagram");
        else if (isLost)
            network.Traffic.WasLost(entry, "lost");
        else
            Deliver(entry);
        if (isDoubled && entry.Outcome != TrafficOutcome.Lost)
            Deliver(network.Traffic.Add(Datagram(source, destination, octets, isDuplicate: true)));
    }

    /// <summary>When something sent now on a stream arrives, retransmissions of TCP included.</summary>
    public DateTimeOffset StreamArrival()
    {
        var arrival = network.Now + Conditions.Latency + (Conditions.Jitter * _chance.Fraction());
        var wait = FirstRetransmission;
        for (var i = 0; i < MaxRetransmissions && Happens(Conditions.Loss); i++, wait *= 2)
            arrival += wait;
        return arrival;
    }

    public bool Happens(double share) => _chance.Fraction() < share;

    /// <summary>A number below <paramref name="limit"/>.</summary>
    public int Pick(int limit) => (int)(_chance.Fraction() * limit);

    /// <summary>Why nothing gets through.</summary>
    public string WhyClosed => from.WhyDown ?? to.WhyDown ?? "cut off";

    /// <summary>An entry about octets on a stream.</summary>
    public TrafficEntry About(StreamEnd end, ReadOnlyMemory<byte> octets) => new(network.Now, octets)
    {
        From = from.Name,
        To = to.Name,
        Source = end.LocalEndPoint,
        Destination = end.RemoteEndPoint,
        Transport = end.Owner.Type,
    };

    /// <summary>An entry about a connection.</summary>
    public TrafficEntry About(StreamEnd end, string what) => new(TrafficKind.Connection, network.Now, what)
    {
        From = from.Name,
        To = to.Name,
        Source = end.LocalEndPoint,
        Destination = end.RemoteEndPoint,
        Transport = end.Owner.Type,
    };

    private TrafficEntry Datagram(IPEndPoint source, IPEndPoint destination, ReadOnlyMemory<byte> octets, bool isDuplicate) => new(network.Now, octets)
    {
        From = from.Name,
        To = to.Name,
        Source = source,
        Destination = destination,
        Transport = SipTransportType.Udp,
        IsDuplicate = isDuplicate,
    };

    private void Deliver(TrafficEntry entry)
    {
        var (jitter, hold) = (Conditions.Jitter * _chance.Fraction(), LongestHold * _chance.Fraction());
        var arrival = network.Now + Conditions.Latency + jitter;
        if (Happens(Conditions.Reordering))
            arrival += hold;
        else
            _latest = arrival = arrival > _latest ? arrival : _latest;
        network.Scheduler.ScheduleOwn(arrival, () => Arrive(entry));
    }

    private void Arrive(TrafficEntry entry)
    {
        if (!IsOpen)
        {
            network.Traffic.WasLost(entry, WhyClosed);
        }
        else if (to.DatagramSocketAt(entry.Destination!.Port) is { } socket)
        {
            network.Traffic.Arrived(entry, network.Now);
            socket.Receive(entry.Source!, entry.Octets);
        }
        else
        {
            network.Traffic.WasLost(entry, $"nobody listens on {entry.Destination}");
        }
    }

    // FNV-1a: the same on every machine and in every run.
    private static long Seed(long seed, string name)
    {
        var hash = 0xcbf29ce484222325 ^ (ulong)seed;
        foreach (var octet in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ octet) * 0x100000001b3;
        return (long)hash;
    }
}
