using System.Collections.Immutable;
using System.Net;
using System.Reactive.Concurrency;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing;

/// <summary>
/// What an <see cref="EmbeddedServer"/> serves, and how. Users and addresses are added with <c>With…</c>; everything else has a
/// sensible default.
/// </summary>
/// <param name="Domain">The domain its users belong to; it is the realm of its challenges too.</param>
public sealed record EmbeddedServerSettings(string Domain)
{
    /// <summary>The users' names and passwords. Who has no password (null) is believed without being asked.</summary>
    public ImmutableDictionary<string, string?> Users { get; init; } = ImmutableDictionary.Create<string, string?>(StringComparer.Ordinal);

    /// <summary>Where it listens. Default, when empty: UDP and TCP on one port of the loopback address that the system chooses.</summary>
    public ImmutableArray<ListeningAddress> Addresses { get; init; } = [];

    /// <summary>What it shows over TLS and secure WebSocket; a certificate is needed to listen there. Default: no certificate.</summary>
    public TlsSettings Tls { get; init; } = TlsSettings.Default;

    /// <summary>Whether users have to say who they are, with <c>407</c>, before their requests are relayed. Default true.</summary>
    public bool AuthenticatesSenders { get; init; } = true;

    /// <summary>The algorithms of its challenges, the preferred one first: SHA-256, SHA-512-256, MD5, or one of them with <c>-sess</c>. Default SHA-256 and MD5.</summary>
    public ImmutableArray<string> Algorithms { get; init; } = ["SHA-256", "MD5"];

    /// <summary>How long a nonce is good for. Default 5 minutes.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The shortest time a binding may be asked for; less is answered <c>423</c>, unless it is an hour or more. Default zero.</summary>
    public TimeSpan MinExpires { get; init; }

    /// <summary>How long a binding is granted when nothing is asked for. Default one hour.</summary>
    public TimeSpan DefaultExpires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest time a binding is granted. Default one hour.</summary>
    public TimeSpan MaxExpires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many bindings one user may have. Default 10.</summary>
    public int MaxBindingsPerUser { get; init; } = 10;

    /// <summary>Whether a request goes to a user's devices one after the other by their <c>q</c>, and not to all at once. Default false.</summary>
    public bool TriesByPreference { get; init; }

    /// <summary>Whether bindings outlive <see cref="EmbeddedServer.Crash"/>, as if they were kept on disk. Default false.</summary>
    public bool KeepsBindings { get; init; }

    /// <summary>
    /// Whether it knows RFC 5626: several flows of one instance are one device, reached by one of them, and a registration that asks for
    /// it is answered <c>Require: outbound</c>. Default false.
    /// </summary>
    public bool KnowsOutbound { get; init; }

    /// <summary>How long it says that it waits for signs of life before it takes a flow for dead (Flow-Timer); null: it does not say. Default null.</summary>
    public TimeSpan? FlowTimer { get; init; }

    /// <summary>Whether an instance that asks for it gets URIs of its own (GRUU, RFC 5627). Default false.</summary>
    public bool GivesGruus { get; init; }

    /// <summary>
    /// Whether it notifies users of their bindings by the <c>reg</c> event package (RFC 3680), and says so in its answers to REGISTER. Default
    /// false.
    /// </summary>
    public bool OffersRegistrationEvents { get; init; }

    /// <summary>The way that registered users have to send their requests (Service-Route, RFC 3608), for example <c>&lt;sip:example.test;lr&gt;</c>. Default: none.</summary>
    public ImmutableArray<string> ServiceRoutes { get; init; } = [];

    /// <summary>The timers of its transactions.</summary>
    public SipTimers Timers { get; init; } = SipTimers.Default;

    /// <summary>The clock it lives by, and where its streams speak. Default: the task pool's scheduler. A simulated network brings its own.</summary>
    public IScheduler Scheduler { get; init; } = TaskPoolScheduler.Default;

    /// <summary>Where logs go. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The same with one more user, who is asked for a password.</summary>
    public EmbeddedServerSettings WithUser(string name, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return this with { Users = Users.SetItem(name, password) };
    }

    /// <summary>The same with one more user, who is believed without being asked.</summary>
    public EmbeddedServerSettings WithUser(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return this with { Users = Users.SetItem(name, null) };
    }

    /// <summary>The same, listening on one more address; port 0: the system chooses.</summary>
    public EmbeddedServerSettings WithAddress(SipTransportType transport, IPEndPoint address) =>
        this with { Addresses = Addresses.Add(new ListeningAddress(transport, address)) };

    /// <summary>The same, asking senders for their passwords or not.</summary>
    public EmbeddedServerSettings WithAuthenticatesSenders(bool value) => this with { AuthenticatesSenders = value };

    /// <summary>The same with another shortest time of bindings.</summary>
    public EmbeddedServerSettings WithMinExpires(TimeSpan value) => this with { MinExpires = value };

    /// <summary>The same with another longest time of bindings.</summary>
    public EmbeddedServerSettings WithMaxExpires(TimeSpan value) => this with { MaxExpires = value };

    /// <summary>The same, knowing RFC 5626 or not.</summary>
    public EmbeddedServerSettings WithKnowsOutbound(bool value) => this with { KnowsOutbound = value };

    /// <summary>The same, giving instances URIs of their own or not.</summary>
    public EmbeddedServerSettings WithGivesGruus(bool value) => this with { GivesGruus = value };

    /// <summary>The same, notifying users of their bindings or not.</summary>
    public EmbeddedServerSettings WithRegistrationEvents(bool value) => this with { OffersRegistrationEvents = value };

    /// <summary>The same with a time after which silent flows are taken for dead.</summary>
    public EmbeddedServerSettings WithFlowTimer(TimeSpan value) => this with { FlowTimer = value };

    /// <summary>The same with one more step on the way of users' requests.</summary>
    public EmbeddedServerSettings WithServiceRoute(string value) => this with { ServiceRoutes = ServiceRoutes.Add(value) };
}
