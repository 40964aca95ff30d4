using System.Net;
using System.Reactive.Disposables;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Testing;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;
using CredentialCache = Rx.Sip.Authentication.CredentialCache;

namespace Rx.Sip.Tests.Testing;

/// <summary>A user's device without any comfort: connections, transactions, and requests as a test writes them.</summary>
internal sealed class Device : ITransactionUser, IAsyncDisposable
{
    private readonly RealTimeClientConnectionManager _manager;
    private readonly TransactionLayer _layer;
    private readonly SimulatedNetwork _network;
    private readonly SipTarget _server;
    private readonly CompositeDisposable _listening = [];
    private readonly string _name;
    private uint _sequence;

    public Device(SimulatedNetwork network, EmbeddedServer server, string name, SipTransportType transport, string? password)
    {
        (_network, _name, Domain) = (network, name, server.Domain);
        var host = network.Host(name);
        _server = new SipTarget(transport, server.EndPoint(transport), server.Domain);
        _manager = new RealTimeClientConnectionManager(network.Connections(name));
        _layer = new TransactionLayer(_manager, SipTimers.Default, this);
        _listening.Add(_manager.StartListening(transport, new IPEndPoint(host.Address, 5060)).Subscribe());
        Contact = $"<sip:{name}@{host.Address}:5060;transport={transport.ToString().ToLowerInvariant()}>";
        Client = password is null
            ? _layer.To(_server)
            : new AuthenticatingClient(_layer.To(_server), new SecurityAssociations(Credentials(password), SipAuthenticationProtocols.Digest, new SipIdentifiers(1)));
        network.Own(this);
        network.Watch($"transactions of the device {name}", () => _layer.ActiveTransactions + _layer.PendingTimers);
    }

    public string Domain { get; }

    public string Contact { get; }

    public IRequestClient Client { get; set; }

    /// <summary>The client that knows no password.</summary>
    public IRequestClient Plain => _layer.To(_server);

    public List<SipRequest> Received { get; } = [];

    /// <summary>What it answers; nothing while null.</summary>
    public Func<SipRequest, int?> Answer { get; set; } = static _ => 200;

    public string Aor => $"sip:{_name}@{Domain}";

    public SipRequest Make(SipMethod method, string uri, string to) => SipRequest.Create(
        method, SipUri.Parse(uri), NameAddress.Parse($"<{Aor}>;tag={_name}"), NameAddress.Parse(to), $"call of {_name}".Replace(' ', '-'), ++_sequence);

    public SipRequest Register(params string[] contacts) => contacts.Aggregate(
        Make(SipMethod.Register, $"sip:{Domain}", $"<{Aor}>"), (request, contact) => request.WithAddedHeader("Contact", contact));

    public SipRequest Message(string to) => Make(SipMethod.Message, to, $"<{to}>").WithBody("text/plain", "hello"u8.ToArray());

    /// <summary>Sends the request and lets time run until the final response.</summary>
    public SipResponse Send(SipRequest request)
    {
        using var recording = Client.Request(request).Record(_network.Scheduler);
        _network.RunUntil(() => recording.IsCompleted, TimeSpan.FromMinutes(2));
        // Who authenticates has sent the request more than once.
        _sequence += 10;
        return recording.Values[^1];
    }

    public Recording<SipResponse> Begin(SipRequest request) => Client.Request(request).Record(_network.Scheduler);

    public void OnRequest(ServerTransaction transaction)
    {
        Received.Add(transaction.Request);
        if (Answer(transaction.Request) is { } status)
            transaction.Respond(status);
    }

    public void OnAck(Flow flow, SipRequest ack)
    {
    }

    public void OnCancel(ServerTransaction invite, ServerTransaction cancel)
    {
    }

    public void OnStrayResponse(Flow flow, SipResponse response)
    {
    }

    public void OnUnanswered(ServerTransaction transaction)
    {
    }

    public async ValueTask DisposeAsync()
    {
        _layer.Dispose();
        _listening.Dispose();
        await _manager.DisposeAsync();
    }

    private CredentialCache Credentials(string password)
    {
        var credentials = new CredentialCache();
        credentials.Add(CredentialCache.DefaultRealm, new NetworkCredential(_name, password));
        return credentials;
    }
}
