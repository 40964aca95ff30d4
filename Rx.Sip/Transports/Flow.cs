using System.Collections.Immutable;
using System.Net;
using System.Reactive.Disposables;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Transports.Limits;

namespace Rx.Sip.Transports;

/// <summary>
/// One way to one peer: a connection, or over UDP a pair of addresses (RFC 5626 §2, whose word it is; UCMA's RealTimeConnection).
/// It belongs to the connection manager that made it. Safe from any thread.
/// </summary>
public sealed class Flow
{
    private readonly RealTimeConnectionManager _manager;
    private readonly ITransportFlow _way;
    private volatile bool _closed;
    private volatile bool _isProbed;
    private int _holds;

    /// <summary>Octets kept of a message that is not whole yet: the reception's account.</summary>
    internal int Kept;

    private long _nextLook;
    private SentBy? _sentBy;
    private Exception? _cause;

    internal Flow(RealTimeConnectionManager manager, SipTransportType transport, ITransportFlow way)
    {
        (_manager, _way, Transport) = (manager, way, transport);
        Key = new FlowKey(transport, way.RemoteEndPoint, "");
        if (!IsReliable)
            return;
        if (!way.KeepsBoundaries)
            Framer = new StreamFramer(manager.Settings.Limits, Stamp);
        Times = new FlowTimes(manager.Settings, manager.Scheduler.Now);
        Gate = new FlowGate(way, manager.Settings.TrafficLimits.MaxWaitingMessagesPerConnection);
    }

    /// <summary>The transport.</summary>
    public SipTransportType Transport { get; }

    /// <summary>Our address; before a connection stands the best guess.</summary>
    public IPEndPoint LocalEndPoint => _way.LocalEndPoint;

    /// <summary>The peer's address.</summary>
    public IPEndPoint RemoteEndPoint => _way.RemoteEndPoint;

    /// <summary>The certificate that the peer has shown over TLS; null when none.</summary>
    public X509Certificate2? RemoteCertificate => _way.RemoteCertificate;

    /// <summary>The domains that the peer has proven to speak for by its certificate (RFC 5922 §7.1); none without TLS.</summary>
    public ImmutableArray<string> RemoteDomains => _way.RemoteDomains;

    /// <summary>Whether the transport delivers what it is given, so that nothing has to be retransmitted: all but UDP.</summary>
    public bool IsReliable => Transport != SipTransportType.Udp;

    /// <summary>Whether the flow is neither closed nor being closed.</summary>
    public bool IsOpen => !_closed;

    /// <summary>Whether so many requests wait for their answer that others are held back: see <see cref="TrafficLimits.TransactionHighWaterMark"/>.</summary>
    public bool IsThrottled { get; internal set; }

    /// <summary>Whether we opened the flow; false for one that a peer opened.</summary>
    public bool IsOutgoing { get; internal set; }

    /// <summary>For example <c>tcp 192.0.2.1:5060 to 192.0.2.7:49152</c>.</summary>
    public override string ToString() => $"{Transport.ToString().ToLowerInvariant()} {LocalEndPoint} to {RemoteEndPoint}";

    /// <summary>Closes the flow. What has been sent over it before still leaves, as far as the peer takes it at once.</summary>
    public void Close() => Close(null);

    /// <summary>Whether the flow stands: UDP's at once, a connection when it has been made; false again once it closed.</summary>
    internal bool IsStanding => IsOpen && Times is not { Stands: false };

    /// <summary>What the flow was closed for, or broke it; null while it is open, and when it was closed in order.</summary>
    internal Exception? Cause => _cause;

    /// <summary>What the layer above notes about the flow.</summary>
    internal object? Tag { get; set; }

    /// <summary>What the connection is found again by. Written inside the mailbox, before anybody looks for it.</summary>
    internal FlowKey Key { get; set; }

    /// <summary>Where else it leads (RFC 5923). Inside the mailbox only.</summary>
    internal ImmutableArray<FlowKey> Aliases { get; set; } = [];

    /// <summary>Whether the peer's requests may say where else it leads.</summary>
    internal bool TakesAliases { get; set; }

    /// <summary>Whether our requests say that the peer's may come over it too (RFC 5923 §8.1).</summary>
    internal bool OffersAlias =>
        IsOutgoing && AliasClaim.IsFor(_manager.Settings.ConnectionReuse, Transport) && _manager.Tls.VerifiesPeers && CurrentSentBy.IsListenedOn;

    /// <summary>Cuts the stream into messages; null where messages come whole.</summary>
    internal StreamFramer? Framer { get; }

    /// <summary>The instants of a connection; null for datagrams.</summary>
    internal FlowTimes? Times { get; }

    /// <summary>Whether a connection is read; null for datagrams.</summary>
    internal FlowGate? Gate { get; }

    /// <summary>Octets that wait to be sent.</summary>
    internal int UnsentOctets => _way.UnsentOctets;

    /// <summary>Writes the peer's address into the Via of its requests.</summary>
    internal ViaStamp Stamp => field ??= new ViaStamp(RemoteEndPoint);

    /// <summary>Whether signs of life are sent over the flow, so that answers to them are of interest.</summary>
    internal bool IsProbed
    {
        get => _isProbed;
        set => _isProbed = value;
    }

    internal bool IsHeld => Volatile.Read(ref _holds) > 0;

    /// <summary>What came before the connection was allowed; null where it needs no leave.</summary>
    internal HeldOctets? Held { get; private set; }

    /// <summary>What its peer has sent lately, once somebody has asked.</summary>
    internal Source? Source { get; set; }

    /// <summary>Requests that wait for their answer; inside the mailbox.</summary>
    internal int Outstanding { get; set; }

    /// <summary>Why there was no room for the connection, which is closed without a word to the layer above; null when there was.</summary>
    internal TrafficLimit? Refusal { get; init; }

    /// <summary>When the flow will be looked at for something overdue.</summary>
    internal DateTimeOffset NextLook
    {
        get => new(Volatile.Read(ref _nextLook), TimeSpan.Zero);
        set => Volatile.Write(ref _nextLook, value.UtcTicks);
    }

    /// <summary>
    /// Host and port to put into Via: those we listen on for this transport, else the flow's own (RFC 3261 §18.1.1). The port is
    /// left out while it is not known.
    /// </summary>
    internal string SentBy => CurrentSentBy.Text;

    /// <summary>
    /// Sends a message, from any thread; until a connection stands it waits. A failure closes the flow. A response whose
    /// connection is gone goes over a new one (RFC 3261 §18.2.2); a request is dropped then, since its transaction has been told.
    /// </summary>
    internal void Send(SipMessage message)
    {
        if (_closed && IsReliable)
        {
            _manager.SendBeyond(this, message);
            return;
        }
        SendOnce(message);
    }

    /// <summary>Sends a message over this flow or not at all.</summary>
    internal void SendOnce(SipMessage message)
    {
        _manager.NoteSent(this, message);
        Times?.Active(_manager.Scheduler.Now);
        _way.Send(message.Bytes);
    }

    /// <summary>Sends octets that are no message: a keep-alive (RFC 5626 §4.4.1).</summary>
    internal void SendOctets(ReadOnlyMemory<byte> octets) => _way.Send(octets);

    /// <summary>Keeps the flow from being closed for idleness until the result is disposed.</summary>
    internal IDisposable Hold()
    {
        Interlocked.Increment(ref _holds);
        return Disposable.Create(this, static flow =>
        {
            // Idleness counts from here.
            flow.Times?.Active(flow._manager.Scheduler.Now);
            Interlocked.Decrement(ref flow._holds);
        });
    }

    /// <summary>Closes the flow for a reason that those who hear of it are told.</summary>
    internal void Close(Exception? cause)
    {
        Interlocked.CompareExchange(ref _cause, cause, null);
        _closed = true;
        _way.Close();
    }

    /// <summary>Takes nothing from the peer until <see cref="LetIn"/>. To be called before anything came.</summary>
    internal void HoldBack()
    {
        Held = new HeldOctets();
        Pause();
    }

    /// <summary>Takes what the peer sent and sends.</summary>
    internal void LetIn()
    {
        Held?.Release(this, _manager.Reception);
        Held = null;
        Resume();
    }

    /// <summary>Reads no more until everybody who wanted that has let it go on.</summary>
    internal void Pause() => Gate?.Pause();

    internal void Resume() => Gate?.Resume();

    /// <summary>The connection stands.</summary>
    internal void Stand() => Times?.Stand(_manager.Scheduler.Now);

    /// <summary>The transport says it is over: gives the cause, ours if we closed it for one.</summary>
    internal Exception? End(Exception? error)
    {
        _cause ??= error;
        _closed = true;
        return _cause;
    }

    /// <summary>Octets came: whether they made anything whole, and whether a part of a message is left.</summary>
    internal void NoteProgress(bool whole, bool isPartial)
    {
        if (Times is not { } times)
            return;
        var now = _manager.Scheduler.Now;
        times.Active(now);
        if (!isPartial)
            times.Finish();
        else if (whole || !times.HasBegun)
            times.Begin(now);
        if (isPartial && times.Due < NextLook)
            _manager.Watch(this);
    }

    /// <summary>Gives what arrived to the layer above, inside the mailbox.</summary>
    internal void Deliver(SipMessage message)
    {
        Gate?.Leave();
        if (message is SipRequest request)
        {
            if (TakesAliases)
                _manager.Flows.NoteAlias(this, request);
            _manager.Sink?.OnRequest(this, request);
        }
        else if (message is SipResponse response)
        {
            _manager.Sink?.OnResponse(this, response);
        }
    }

    private SentBy CurrentSentBy => _sentBy = Transports.SentBy.Of(this, _manager.ListeningAddresses, _sentBy);
}
