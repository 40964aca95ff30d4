using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using Rx.Sip.Runtime;
using Rx.Sip.Testing.Server;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing;

/// <summary>
/// A SIP server for tests, examples and first steps: a registrar with Digest (RFC 3261 §10.3) and a relay of messages and other
/// requests without calls between its users (§16). It runs over real sockets, see <see cref="Start"/>, or on a
/// <see cref="SimulatedNetwork"/>, and does wrong what a test tells it to. Safe from any thread, but
/// for <see cref="Crash"/>, <see cref="Restart"/> and disposing, which come one after the other.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    private readonly ServerSite _site;
    private readonly ServerRules _rules;
    private readonly ServerNews _news;
    private readonly LocationTable _locations;
    private ImmutableArray<ListeningAddress> _addresses;
    private volatile ServerLife? _life;
    private Task _lastEnd = Task.CompletedTask;
    private bool _isDisposed;

    internal EmbeddedServer(EmbeddedServerSettings settings, ServerSite site)
    {
        var log = settings.LoggerFactory.CreateLogger("Rx.Sip.Testing.EmbeddedServer");
        _site = site;
        _rules = new ServerRules(settings);
        _news = new ServerNews(settings.Scheduler, error => log.LogError(error, "An observer of the server threw."));
        _locations = new LocationTable(settings.Scheduler, _news);
        _addresses = settings.Addresses;
        Restart();
    }

    /// <summary>The domain it serves.</summary>
    public string Domain => _rules.Settings.Domain;

    /// <summary>Where it listens, ports chosen; while it is down, where it did.</summary>
    public IReadOnlyList<ListeningAddress> Addresses => _addresses;

    /// <summary>Whether it runs: not between <see cref="Crash"/> and <see cref="Restart"/>.</summary>
    public bool IsUp => _life is not null;

    /// <summary>The devices of all users.</summary>
    public IReadOnlyList<ServerBinding> Bindings => _locations.All;

    /// <summary>Hot, without replay: what happens to bindings. Completes when the server is disposed, never errors, speaks on the settings' scheduler.</summary>
    public IObservable<ServerBindingChange> BindingChanges => _news.Bindings;

    /// <summary>Hot, without replay: requests as they are answered or given up. Completes when the server is disposed, never errors, speaks on the settings' scheduler.</summary>
    public IObservable<ServedRequest> Requests => _news.Requests;

    /// <summary>What it has done so far.</summary>
    public EmbeddedServerCounts Counts => _news.Counts;

    /// <summary>What it does wrong.</summary>
    public ServerFaults Faults => _rules.Faults;

    /// <summary>
    /// What it asks of its clients because it is overloaded, from now on (RFC 7339). Default null: it knows nothing of overload control.
    /// It is only a wish: requests that come nevertheless are served.
    /// </summary>
    public ServerOverload? Overload
    {
        get => _rules.Overload.Wish;
        set => _rules.Overload.Wish = value;
    }

    /// <summary>The shortest time a binding may be asked for, from now on: see <see cref="EmbeddedServerSettings.MinExpires"/>.</summary>
    public TimeSpan MinExpires
    {
        get => _rules.MinExpires;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _rules.MinExpires = value;
        }
    }

    /// <summary>The simulated host it runs on; null over real sockets.</summary>
    public SimulatedHost? Host => _site.Host;

    internal bool Knows(string user) => _rules.Settings.Users.ContainsKey(user);

    internal string? PasswordOf(string user) => _rules.Settings.Users.GetValueOrDefault(user);

    internal int Transactions => _life?.Transactions ?? 0;

    internal int Subscriptions => _life?.Subscriptions ?? 0;

    /// <summary>Starts a server over real sockets. Throws <see cref="ConnectionFailureException"/> when it can't listen where it should.</summary>
    public static EmbeddedServer Start(EmbeddedServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var identifiers = new SipIdentifiers();
        return new EmbeddedServer(
            settings.Addresses.IsEmpty
                ? settings.WithAddress(SipTransportType.Tcp, new IPEndPoint(IPAddress.Loopback, 0)).WithAddress(SipTransportType.Udp, new IPEndPoint(IPAddress.Loopback, 0))
                : settings,
            new ServerSite(() => new ConnectionManagerSettings { Scheduler = settings.Scheduler, Identifiers = identifiers, LoggerFactory = settings.LoggerFactory, Tls = settings.Tls }, identifiers, null));
    }

    /// <summary>The first address it listens on with that transport. Throws <see cref="InvalidOperationException"/> when there is none.</summary>
    public IPEndPoint EndPoint(SipTransportType transport) =>
        _addresses.FirstOrDefault(address => address.Transport == transport)?.EndPoint
        ?? throw new InvalidOperationException($"The server does not listen on {transport}.");

    /// <summary>The devices of one user.</summary>
    public IReadOnlyList<ServerBinding> BindingsOf(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return _locations.Of(user);
    }

    /// <summary>Forgets the devices of a user without telling anybody, as a server may that lost its memory.</summary>
    public void Forget(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        _life?.Do(() => _locations.Forget(user));
    }

    /// <summary>
    /// Takes all bindings of a user away as an administrator may, and notifies those who watch them of that kind of change
    /// (see <see cref="EmbeddedServerSettings.OffersRegistrationEvents"/>). Throws <see cref="ArgumentException"/> for a kind that takes nothing away.
    /// </summary>
    public void Deregister(string user, ServerBindingChangeKind kind)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (kind is ServerBindingChangeKind.Added or ServerBindingChangeKind.Refreshed or ServerBindingChangeKind.Shortened)
            throw new ArgumentException($"What is {kind} is not taken away.", nameof(kind));
        _life?.Do(() => _locations.Replace(user, [], kind));
    }

    /// <summary>
    /// Leaves all bindings of a user no more than that time, as an administrator may who wants the devices to register again soon, and notifies
    /// those who watch them.
    /// </summary>
    public void Shorten(string user, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        _life?.Do(() => _locations.Shorten(user, time));
    }

    /// <summary>Closes all its connections; it goes on.</summary>
    public void DropConnections() => _life?.DropConnections();

    /// <summary>
    /// Ends at once, answering nothing any more. On a simulated network its host crashes, see <see cref="SimulatedHost.Crash"/>.
    /// Bindings are lost, unless the settings say that they are kept.
    /// </summary>
    public void Crash()
    {
        if (_life is not { } life)
            return;
        _life = null;
        life.Do(() => _locations.Close(_rules.Settings.KeepsBindings));
        Host?.Crash();
        _lastEnd = life.DisposeAsync().AsTask();
    }

    /// <summary>Runs again after <see cref="Crash"/>, at the same addresses. Nothing happens while it runs.</summary>
    public void Restart()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_life is not null)
            return;
        if (!_lastEnd.Wait(LongestEnd))
            throw new TimeoutException("The server is still busy closing its sockets.");
        Host?.Restart();
        var life = new ServerLife(_site, _rules, _locations, _news);
        try
        {
            life.Listen(_addresses);
        }
        catch
        {
            _lastEnd = life.DisposeAsync().AsTask();
            throw;
        }
        _addresses = life.Addresses;
        _life = life;
    }

    /// <summary>Ends for good: closes its connections, forgets its bindings, completes its streams.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (_life is { } life)
        {
            _life = null;
            life.Do(() => _locations.Close(keep: false));
            _lastEnd = life.DisposeAsync().AsTask();
        }
        await _lastEnd.ConfigureAwait(false);
        _news.Complete();
    }
}
