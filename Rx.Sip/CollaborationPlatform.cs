using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// What endpoints share: a connection manager with its clock and sockets, and the application's name. A client platform calls out,
/// a server platform listens as well. Shutting it down terminates its endpoints.
/// </summary>
public sealed class CollaborationPlatform : IAsyncDisposable
{
    private readonly CollaborationPlatformSettings _settings;
    private readonly SerialDisposable _listening = new();
    private readonly EndpointList _endpoints = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _shutdown;

    /// <summary>A client or server platform, as the settings are.</summary>
    public CollaborationPlatform(CollaborationPlatformSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        ConnectionManager = (settings, settings.Transport) switch
        {
            (ServerPlatformSettings, SipTransportType.Udp) => new RealTimeServerUdpConnectionManager(settings.Connections),
            (ServerPlatformSettings, SipTransportType.Tls) => new RealTimeServerTlsConnectionManager(settings.Connections),
            (ServerPlatformSettings, _) => new RealTimeServerTcpConnectionManager(settings.Connections),
            _ => new RealTimeClientConnectionManager(settings.Connections),
        };
        Directory = EndpointDirectory.Of(ConnectionManager, settings.Timers);
        if (settings.MaxRegistrationsPerSecond is { } perSecond)
            Directory.Pace = new RequestPace(perSecond, Directory.Alarms);
    }

    /// <summary>What the application calls itself.</summary>
    public string ApplicationUserAgent => _settings.ApplicationUserAgent;

    /// <summary>The transport of endpoints that name none.</summary>
    public SipTransportType Transport => _settings.Transport;

    /// <summary>The connection manager of the platform's endpoints.</summary>
    public RealTimeConnectionManager ConnectionManager { get; }

    /// <summary>The endpoints that were made on this platform and have not terminated.</summary>
    public IReadOnlyList<RealTimeEndpoint> Endpoints => _endpoints.Snapshot;

    /// <summary>
    /// What observers of the endpoints' streams threw. Hot, without replay; completes when the platform is shut down, never errors. Speaks
    /// on the connection manager's scheduler.
    /// </summary>
    public IObservable<Exception> UnhandledErrors => Directory.UnhandledErrors;

    /// <summary>
    /// Which servers ask for less than is sent (RFC 7339). Hot, replays the latest, distinct; completes when the platform is shut down, never
    /// errors. Speaks on the connection manager's scheduler.
    /// </summary>
    public IObservable<OverloadState> Overload => Directory.Overload;

    internal EndpointDirectory Directory { get; }

    /// <summary>
    /// Makes the platform ready: a server starts listening. Fails with <see cref="ConnectionFailureException"/> when the address can't be had.
    /// </summary>
    public Task StartupAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_shutdown != 0, this);
        if (_settings is not ServerPlatformSettings server)
            return Task.CompletedTask;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _listening.Disposable = ConnectionManager.StartListening(server.Transport, server.ListeningEndPoint)
            .Subscribe(_ => started.TrySetResult(), error => started.TrySetException(error));
        return started.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Terminates the endpoints, each within its bounded time, then closes every connection. Asked for again, it waits for the first.
    /// Cancelling cuts the leave-taking short: connections are closed at once.
    /// </summary>
    public async Task ShutdownAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _shutdown, 1) != 0)
        {
            await _closed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }
        try
        {
            await Task.WhenAll(_endpoints.Snapshot.Select(endpoint => endpoint.TerminateBecause(TerminationReason.PlatformShutdown).ToTaskOn(ConnectionManager.Scheduler, cancellationToken))).ConfigureAwait(false);
        }
        finally
        {
            _listening.Dispose();
            Directory.Dispose();
            await ConnectionManager.DisposeAsync().ConfigureAwait(false);
            _closed.TrySetResult();
        }
    }

    /// <summary>The same as <see cref="ShutdownAsync"/>.</summary>
    public ValueTask DisposeAsync() => new(ShutdownAsync());

    internal void Add(RealTimeEndpoint endpoint)
    {
        ObjectDisposedException.ThrowIf(_shutdown != 0, this);
        _endpoints.Add(endpoint);
    }

    internal void Remove(RealTimeEndpoint endpoint) => _endpoints.Remove(endpoint);
}
