using System.Globalization;
using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>A simulated network with peers on it and a registrar that answers as the test says.</summary>
internal sealed class Stage
{
    private readonly List<CollaborationPlatform> _platforms = [];

    public Stage() : this(new SimulatedNetwork(1) { Conditions = { Latency = TimeSpan.FromMilliseconds(10) } })
    {
    }

    public Stage(SimulatedNetwork world) => World = world;

    public SimulatedNetwork World { get; }

    /// <summary>What the registrar heard, in order.</summary>
    public List<IncomingRequest> Heard { get; } = [];

    /// <summary>What the registrar answers; null: nothing.</summary>
    public Func<IncomingRequest, SipResponse?> Answer { get; set; } = Grant;

    /// <summary>Who answers for the domain example.test, on a host of that name or another one.</summary>
    public CollaborationPlatform StartRegistrar(string host = "example.test")
    {
        var registrar = Peer(host, new SipPeerToPeerEndpointSettings("sip:example.test") { AutoRespond = AutoRespond.Never });
        registrar.Endpoint.Requests.Subscribe(request =>
        {
            Heard.Add(request);
            if (Answer(request) is { } response)
                request.Respond(response);
        });
        return registrar.Platform;
    }

    public static SipResponse Grant(IncomingRequest request) => Grant(request, 3600);

    public static SipResponse Grant(IncomingRequest request, int seconds) =>
        request.CreateResponse(200).WithHeader("Expires", seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>A platform that listens on port 5060 of a host, over UDP and TCP, and over TLS on 5061.</summary>
    public CollaborationPlatform ServerPlatform(string host)
    {
        var address = new IPEndPoint(World.Host(host).Address, 5060);
        var platform = World.Own(new CollaborationPlatform(
            new ServerPlatformSettings("Test/1.0", SipTransportType.Udp, address) { Connections = World.Connections(host) }));
        World.Await(platform.StartupAsync());
        platform.ConnectionManager.StartListening(SipTransportType.Tcp, address).Subscribe();
        platform.ConnectionManager.StartListening(SipTransportType.Tls, new IPEndPoint(address.Address, 5061)).Subscribe();
        Watch(platform, host);
        return platform;
    }

    public (CollaborationPlatform Platform, SipPeerToPeerEndpoint Endpoint) Peer(string host, SipPeerToPeerEndpointSettings settings)
    {
        var platform = ServerPlatform(host);
        var endpoint = new SipPeerToPeerEndpoint(platform, settings);
        endpoint.Establish().Subscribe();
        Run();
        return (platform, endpoint);
    }

    public SipPeerToPeerEndpoint Peer(string host) => Peer(host, new SipPeerToPeerEndpointSettings($"sip:{host}@{host}")).Endpoint;

    /// <summary>A user of the registrar on a host of its own.</summary>
    public UserEndpoint User(string name, SipTransportType transport = SipTransportType.Udp, UserEndpointSettings? settings = null)
    {
        var platform = World.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", transport) { Connections = World.Connections(name) }));
        Watch(platform, name);
        _platforms.Add(platform);
        return new UserEndpoint(platform, settings ?? new UserEndpointSettings($"sip:{name}@example.test", "example.test", 0));
    }

    public CollaborationPlatform PlatformOf(RealTimeEndpoint endpoint) => _platforms.Single(platform => platform.Endpoints.Contains(endpoint));

    public void Run() => World.RunFor(TimeSpan.FromSeconds(1));

    /// <summary>Subscribes, lets a second go by, and gives back what was said.</summary>
    public Recording<T> Ask<T>(IObservable<T> question)
    {
        var recording = question.Record(World.Scheduler);
        Run();
        return recording;
    }

    /// <summary>The status of the one final response to a request, after a second.</summary>
    public int StatusOf(IObservable<SipResponse> request) => Assert.Single(Ask(request).Values, response => response.IsFinal).StatusCode;

    public static SipRequest Request(string method, string uri, params (string Name, string Value)[] headers) =>
        headers.Aggregate(
            SipRequest.Create(
                SipMethod.Parse(method), SipUri.Parse(uri), NameAddress.Parse("<sip:alice@alice>;tag=a1"), NameAddress.Parse($"<{uri}>"), $"call-{method}-{uri}", 1),
            (request, header) => request.WithHeader(header.Name, header.Value));

    private void Watch(CollaborationPlatform platform, string name)
    {
        World.Watch($"transactions of {name}", () => platform.Directory.Layer.ActiveTransactions);
        World.Watch($"timers of {name}", () => platform.Directory.Layer.PendingTimers);
        World.Watch($"dialogs of {name}", () => platform.Directory.Dialogs.Count);
        World.Watch($"endpoints of {name}", () => platform.Directory.Endpoints.Count);
    }
}
