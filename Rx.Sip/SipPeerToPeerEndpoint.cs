using System.Reactive.Linq;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// An endpoint without a registrar: it speaks to its peers directly, or through an outbound proxy. To be reached, its connection
/// manager has to listen, or the proxy to call back over the connection that the endpoint opened.
/// </summary>
public sealed class SipPeerToPeerEndpoint : RealTimeEndpoint
{
    private readonly SipPeerToPeerEndpointSettings _settings;
    private readonly RealTimeConnectionManager _manager;
    private readonly CollaborationPlatform? _platform;
    private ServerClient? _proxy;

    /// <summary>Speaks to peers directly: a request goes where its Request-URI says.</summary>
    /// <param name="uri">The endpoint's address, for example <c>sip:alice@192.0.2.1</c>.</param>
    /// <param name="connectionManager">The manager to speak through; it is not disposed with the endpoint.</param>
    public SipPeerToPeerEndpoint(string uri, RealTimeConnectionManager connectionManager)
        : this(new SipPeerToPeerEndpointSettings(uri), connectionManager)
    {
    }

    /// <summary>Sends everything through an outbound proxy.</summary>
    /// <param name="uri">The endpoint's address.</param>
    /// <param name="connectionManager">The manager to speak through; it is not disposed with the endpoint.</param>
    /// <param name="transport">The transport to the proxy.</param>
    /// <param name="proxyHost">The proxy's name or address.</param>
    /// <param name="proxyPort">The proxy's port; 0: 5060, with TLS 5061.</param>
    public SipPeerToPeerEndpoint(string uri, RealTimeConnectionManager connectionManager, SipTransportType transport, string proxyHost, int proxyPort)
        : this(new SipPeerToPeerEndpointSettings(uri) { Transport = transport, ProxyHost = proxyHost, ProxyPort = proxyPort }, connectionManager)
    {
    }

    /// <summary>An endpoint as the settings say. The manager is not disposed with it.</summary>
    public SipPeerToPeerEndpoint(SipPeerToPeerEndpointSettings settings, RealTimeConnectionManager connectionManager)
        : this(settings, connectionManager, null)
    {
    }

    /// <summary>An endpoint on a platform, which ends with it.</summary>
    public SipPeerToPeerEndpoint(CollaborationPlatform platform, SipPeerToPeerEndpointSettings settings)
        : this(settings, Of(platform).ConnectionManager, platform) => platform.Add(this);

    private SipPeerToPeerEndpoint(SipPeerToPeerEndpointSettings settings, RealTimeConnectionManager manager, CollaborationPlatform? platform)
        : base(settings)
    {
        ArgumentNullException.ThrowIfNull(manager);
        (_settings, _manager, _platform) = (settings, manager, platform);
        if (settings.ApplicationUserAgent is null && platform is not null)
            ApplicationUserAgent = platform.ApplicationUserAgent;
    }

    /// <inheritdoc/>
    public override IObservable<EndpointState> Establish() => Observable.Defer(() =>
    {
        if (Core.IsDraining)
            return Observable.Throw<EndpointState>(new InvalidOperationException("The endpoint is terminated, or about to be."));
        Core.States.Publish(new EndpointState.Established(null));
        return State.Where(state => state is EndpointState.Established or EndpointState.Terminated).Take(1)
            .Select(state => state is EndpointState.Established ? state : throw new InvalidOperationException("The endpoint is terminated."));
    });

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => new(TerminateAsync());

    internal override IObservable<EndpointState> TerminateBecause(TerminationReason reason) => Observable.Defer(() =>
    {
        Core.End(new EndpointState.Terminated(reason, null));
        _proxy?.Dispose();
        _platform?.Remove(this);
        return State.FirstAsync(state => state is EndpointState.Terminated);
    });

    private protected override EndpointCore MakeCore()
    {
        var directory = EndpointDirectory.Of(_manager, _settings.Timers ?? SipTimers.Default);
        var timers = _settings.Timers ?? directory.Layer.DefaultTimers;
        if (_settings.ProxyHost is { } proxy)
            _proxy = new ServerClient(directory, new ServerName(proxy, _settings.ProxyPort, _settings.Transport), timers);
        return MakeCore(directory, _proxy ?? directory.Layer.To(null, timers));
    }

    private static CollaborationPlatform Of(CollaborationPlatform platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return platform;
    }
}
