using Rx.Sip.Registration;

namespace Rx.Sip;

/// <summary>
/// A user at a server: registers, stays registered, and recovers by itself. Everything goes over <see cref="InnerEndpoint"/>.
/// </summary>
public sealed class UserEndpoint : RealTimeEndpoint
{
    private readonly UserEndpointSettings _settings;
    private readonly CollaborationPlatform _platform;
    private volatile SipEndpoint? _inner;

    /// <summary>A user's endpoint on a platform, with which it ends.</summary>
    public UserEndpoint(CollaborationPlatform platform, UserEndpointSettings settings) : base(NotNull(settings))
    {
        ArgumentNullException.ThrowIfNull(platform);
        // Now, and not when the endpoint is first used.
        _ = settings.TransportOr(platform.Transport);
        (_settings, _platform) = (settings, platform);
        if (settings.ApplicationUserAgent is null)
            ApplicationUserAgent = platform.ApplicationUserAgent;
        platform.Add(this);
    }

    /// <summary>The endpoint that registers and carries the messages.</summary>
    public SipEndpoint InnerEndpoint => _inner ?? InnerOnce();

    /// <summary>
    /// What the registration is doing. Hot, replays the latest state, distinct; completes behind the endpoint's end, never errors.
    /// Speaks on the connection manager's scheduler.
    /// </summary>
    public IObservable<RegistrationState> Registration => InnerEndpoint.Registration;

    /// <inheritdoc/>
    public override IObservable<EndpointState> Establish() => InnerEndpoint.Establish();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => InnerEndpoint.DisposeAsync();

    internal override IObservable<EndpointState> TerminateBecause(TerminationReason reason) => InnerEndpoint.TerminateBecause(reason);

    private protected override EndpointCore MakeCore() => InnerEndpoint.Core;

    /// <summary>The inner endpoint has ended.</summary>
    internal void End() => _platform.Remove(this);

    private SipEndpoint InnerOnce()
    {
        lock (Limit)
            return _inner ??= MakeInner();
    }

    private SipEndpoint MakeInner()
    {
        var inner = new SipEndpoint(_settings, _platform.ConnectionManager, _platform.Transport, this)
        {
            DisplayName = DisplayName,
            ApplicationUserAgent = ApplicationUserAgent,
            Limit = Limit,
        };
        if (_settings.Credential is { } credential)
            inner.CredentialCache.Add(SipEndpoint.DefaultRtcRealm, credential);
        return inner;
    }

    private static UserEndpointSettings NotNull(UserEndpointSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings;
    }
}
