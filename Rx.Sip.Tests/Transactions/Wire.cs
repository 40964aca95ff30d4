using System.Net;
using System.Reactive.Concurrency;

namespace Rx.Sip.Tests.Transactions;

/// <summary>What lies between transports on virtual time: notes every message with its instant, and carries it as the test says.</summary>
internal sealed class Wire
{
    private readonly Dictionary<(SipTransportType Type, IPEndPoint Address), WireTransport> _transports = [];

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public HistoricalScheduler Time { get; } = new(Start);

    public TimeSpan Now => Time.Now - Start;

    public List<WireMessage> Sent { get; } = [];

    /// <summary>After which delays copies of a datagram arrive; none: it is lost.</summary>
    public Func<WireMessage, IEnumerable<TimeSpan>> Fate { get; set; } = _ => [TimeSpan.Zero];

    public void Attach(WireTransport transport, IPEndPoint address) => _transports[(transport.Type, address)] = transport;

    public void RunTo(double seconds) => Time.AdvanceTo(Start + TimeSpan.FromSeconds(seconds));

    public void Carry(SipTransportType type, IPEndPoint from, IPEndPoint to, ReadOnlyMemory<byte> octets)
    {
        var message = WireMessage.Read(Now, type, from, to, octets.Span);
        Sent.Add(message);
        foreach (var delay in type == SipTransportType.Udp ? Fate(message) : [TimeSpan.Zero])
            if (delay == TimeSpan.Zero)
                Arrive(type, from, to, octets);
            else
                Time.Schedule(delay, () => Arrive(type, from, to, octets));
    }

    private void Arrive(SipTransportType type, IPEndPoint from, IPEndPoint to, ReadOnlyMemory<byte> octets)
    {
        if (_transports.TryGetValue((type, to), out var transport))
            transport.Receive(from, octets.Span);
    }
}
