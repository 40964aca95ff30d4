using System.Collections.Immutable;
using System.Net;
using System.Reactive.Disposables;
using Rx.Sip.Authentication;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>A server from one start to the next crash: connections, transactions, and who answers what. What outlives it is given to it.</summary>
internal sealed class ServerLife : IAsyncDisposable
{
    private readonly RealTimeClientConnectionManager _manager;
    private readonly TransactionLayer _layer;
    private readonly RegistrationNotifier _notifier;
    private readonly CompositeDisposable _listening = [];
    private readonly HashSet<Flow> _flows = [];

    public ServerLife(ServerSite site, ServerRules rules, LocationTable locations, ServerNews news)
    {
        var settings = rules.Settings;
        _manager = new RealTimeClientConnectionManager(site.Settings());
        var accounts = new Accounts(settings, () => _manager.ListeningAddresses);
        var verifier = new DigestVerifier(VerifierSettings(settings), accounts.PasswordOf, _manager.Scheduler, site.Identifiers.Fork());
        var gatekeeper = new Gatekeeper(verifier, accounts, rules.Faults);
        var gruus = new GruuMint(settings.Domain, site.Identifiers.Fork());
        _notifier = new RegistrationNotifier(rules, accounts, gatekeeper, locations, _manager);
        var router = new RequestRouter(rules, accounts, news)
        {
            Gatekeeper = gatekeeper,
            Gruus = gruus,
            Notifier = _notifier,
            Registrar = new Registrar(rules, accounts, gatekeeper, locations, gruus, _manager.Scheduler),
        };
        _layer = new TransactionLayer(_manager, settings.Timers, router);
        router.Relay = new Relay(settings, _layer, locations, news);
        _notifier.Layer = _layer;
        _manager.FlowsOpened.Subscribe(flow => _flows.Add(flow));
        _manager.FlowsClosed.Subscribe(closed => _flows.Remove(closed.Flow));
        _manager.Mailbox.Post(() => locations.Open(_manager.Mailbox, _notifier.Hear));
    }

    public ImmutableArray<ListeningAddress> Addresses => _manager.ListeningAddresses;

    public int Subscriptions => _notifier.Count;

    public int Transactions => _layer.ActiveTransactions;

    /// <summary>Listens on these addresses; throws when one can't be had. Those that leave the port to the system share one if they can.</summary>
    public void Listen(IEnumerable<ListeningAddress> addresses)
    {
        var chosen = 0;
        foreach (var (transport, address) in addresses)
        {
            var wish = address.Port == 0 ? chosen : address.Port;
            if (!TryListen(transport, new IPEndPoint(address.Address, wish), out var error) && address.Port == 0 && wish != 0)
                TryListen(transport, address, out error);
            if (error is not null)
                throw error;
            chosen = Addresses[^1].EndPoint.Port;
        }
    }

    public void DropConnections() => _manager.Mailbox.Post(() =>
    {
        foreach (var flow in _flows.ToList())
            flow.Close();
    });

    public void Do(Action action) => _manager.Mailbox.Post(action);

    public async ValueTask DisposeAsync()
    {
        _layer.Dispose();
        _manager.Mailbox.Post(_notifier.Dispose);
        _listening.Dispose();
        await _manager.DisposeAsync().ConfigureAwait(false);
    }

    private bool TryListen(SipTransportType transport, IPEndPoint address, out Exception? error)
    {
        Exception? thrown = null;
        _listening.Add(_manager.StartListening(transport, address).Subscribe(static _ => { }, failed => thrown = failed));
        error = thrown;
        return thrown is null;
    }

    private static DigestVerifierSettings VerifierSettings(EmbeddedServerSettings settings) => new()
    {
        Realm = settings.Domain,
        NonceLifetime = settings.NonceLifetime,
        Algorithms = [.. settings.Algorithms.Select(name => DigestAlgorithm.TryParse(name, out var algorithm)
            ? algorithm
            : throw new ArgumentException($"'{name}' is no algorithm of Digest.", nameof(settings)))],
    };
}
