using System.Collections.Immutable;
using System.Net;
using System.Reactive.Concurrency;
using Rx.Sip.Testing.Naming;
using Rx.Sip.Transports;
using Rx.Sip.Transports.Dns;

namespace Rx.Sip.Testing;

/// <summary>
/// A small DNS server for tests: it answers from a zone, over UDP and TCP, and does wrong what a test tells it to. It runs over real sockets,
/// see <see cref="Start"/>, or on a <see cref="SimulatedNetwork"/>. Safe from any thread.
/// </summary>
public sealed class DnsServer : IAsyncDisposable
{
    private const int MaxQuestions = 10_000;
    private const int SmallestPayload = 512;

    private readonly ISipTransport[] _transports;
    private readonly Action<TimeSpan, Action> _after;
    private readonly Lock _gate = new();
    private ImmutableQueue<string> _questions = [];
    private int _asked;
    private volatile DnsZone _zone;

    internal DnsServer(DnsZone zone, IPEndPoint local, ISipTransport udp, ISipTransport tcp, Action<TimeSpan, Action> after)
    {
        (_zone, _transports, _after) = (zone, [udp, tcp], after);
        EndPoint = udp.Listen(local, new DnsPort(Answer, isStream: false)).LocalEndPoint;
        tcp.Listen(EndPoint, new DnsPort(Answer, isStream: true));
    }

    /// <summary>Where it listens, over UDP and TCP.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it knows; may be changed while it runs.</summary>
    public DnsZone Zone
    {
        get => _zone;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _zone = value;
        }
    }

    /// <summary>What it does wrong.</summary>
    public DnsFaults Faults { get; } = new();

    /// <summary>What it was asked, in order, queries that it left unanswered included, for example <c>SRV of _sip._udp.example.test</c>; the last 10,000.</summary>
    public IReadOnlyList<string> Questions => [.. _questions];

    /// <summary>Starts a server on a free port of the loopback address.</summary>
    public static DnsServer Start(DnsZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        // The port that UDP gets may be taken for TCP.
        for (var attempt = 1; ; attempt++)
        {
            var (udp, tcp) = (new UdpTransport(), new TcpTransport());
            try
            {
                return new DnsServer(zone, new IPEndPoint(IPAddress.Loopback, 0), udp, tcp, static (delay, run) => TaskPoolScheduler.Default.Schedule(delay, run));
            }
            catch (System.Net.Sockets.SocketException) when (attempt < 10)
            {
                udp.DisposeAsync().AsTask().Wait();
                tcp.DisposeAsync().AsTask().Wait();
            }
        }
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var transport in _transports)
            await transport.DisposeAsync().ConfigureAwait(false);
    }

    private void Answer(ReadOnlySpan<byte> octets, bool isStream, Action<byte[]> send)
    {
        if (!DnsMessage.TryRead(octets, out var query) || query is not { IsResponse: false, Question: { } question } || !Admit(question))
            return;
        var response = Judge(query, isStream).ToOctets();
        if (!isStream && response.Length > Math.Max(SmallestPayload, query.PayloadSize))
            response = Truncated(query).ToOctets();
        foreach (var answer in Faults.Mangle?.Invoke(response) ?? [response])
            if (Faults.Delay == TimeSpan.Zero)
                send(answer);
            else
                _after(Faults.Delay, () => send(answer));
    }

    private bool Admit(DnsQuestion question)
    {
        lock (_gate)
        {
            _questions = _questions.Enqueue(question.ToString());
            if (++_asked > MaxQuestions)
                _questions = _questions.Dequeue();
            if (Faults.DropNext > 0)
            {
                Faults.DropNext--;
                return false;
            }
            return !Faults.IsSilent;
        }
    }

    private DnsMessage Judge(DnsMessage query, bool isStream) =>
        Faults.IsOld && query.PayloadSize > 0 ? Refusal(query, DnsCode.FormatError)
        : Faults.Fails ? Refusal(query, DnsCode.ServerFailure)
        : Faults.Truncates && !isStream ? Truncated(query)
        : _zone.Answer(query);

    private static DnsMessage Refusal(DnsMessage query, DnsCode code) => new() { Id = query.Id, IsResponse = true, Question = query.Question, Code = code };

    private static DnsMessage Truncated(DnsMessage query) => new() { Id = query.Id, IsResponse = true, Question = query.Question, IsTruncated = true };
}
