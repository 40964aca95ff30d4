using System.Reactive.Concurrency;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports;

/// <summary>How a connection manager works. Everything has a sensible default; durations are real or virtual, as the scheduler's are.</summary>
public sealed record ConnectionManagerSettings
{
    /// <summary>The clock of everything that waits, and where <see cref="RealTimeConnectionManager.Connections"/> speaks. Default: the task pool's scheduler.</summary>
    public IScheduler Scheduler { get; init; } = TaskPoolScheduler.Default;

    /// <summary>The source of randomness. Default: the system's unpredictable one.</summary>
    public SipIdentifiers Identifiers { get; init; } = new();

    /// <summary>
    /// Finds where hosts live. Default, when null: a <see cref="DnsResolver"/> with the manager's clock and randomness, the system's hosts
    /// file and its DNS servers.
    /// </summary>
    public ISipResolver? Resolver { get; init; }

    /// <summary>
    /// What octets travel by, at most one of each type; from then on they belong to the manager and are disposed with it, so
    /// give each manager its own. Default, when empty: UDP, TCP, TLS, WebSocket and secure WebSocket.
    /// </summary>
    public IReadOnlyList<ISipTransport> Transports { get; init; } = [];

    /// <summary>How large a message is accepted.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>How long a connection may be without a message before it is closed, unless something holds it. Default 3 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a connection may take to stand. Default 10 seconds: well within the 32 of a transaction, so that another address can be tried.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much peers may ask of the manager: connections, patience, memory.</summary>
    public TrafficLimits TrafficLimits { get; init; } = TrafficLimits.Default;

    /// <summary>Whom to trust over TLS and what to show. See <see cref="RealTimeConnectionManager.Tls"/>.</summary>
    public TlsSettings Tls { get; init; } = TlsSettings.Default;

    /// <summary>
    /// Whether connections that peers open have to be allowed before anything that comes over them is taken: each is told on
    /// <see cref="RealTimeConnectionManager.ConnectionAuthorizationRequests"/>, but those of <see cref="TlsSettings.TrustedDomains"/>. Datagrams have no
    /// connection and need no leave. Default: false.
    /// </summary>
    public bool NeedsConnectionAuthorization { get; init; }

    /// <summary>
    /// How long a connection waits for being allowed; then it is denied. Default 10 seconds. Setting throws
    /// <see cref="ArgumentOutOfRangeException"/> when it is not above zero, or longer than a day.
    /// </summary>
    public TimeSpan ConnectionAuthorizationTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>How many connections may wait for being allowed at a time; more are denied at once. Default 1,000.</summary>
    public int MaxConnectionAuthorizations { get; init; } = 1000;

    /// <summary>
    /// Which connections carry requests both ways (RFC 5923). Our own say so when we listen over their transport and show a certificate. Default:
    /// those over TLS whose peers have proven who they are.
    /// </summary>
    public ConnectionReuse ConnectionReuse { get; init; } = ConnectionReuse.Verified;

    /// <summary>The path asked for when a WebSocket is opened. Default: <c>/</c>.</summary>
    public string WebSocketPath { get; init; } = "/";

    /// <summary>
    /// What requests offer so that a server can ask for less (RFC 7339): what it asks us not to send is answered with a local 503. Default: the loss
    /// algorithm.
    /// </summary>
    public OverloadControlOffer OverloadControl { get; init; } = OverloadControlOffer.Loss;

    /// <summary>Where logs go. Default: nowhere. At level Trace every message is written, without its secrets.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
