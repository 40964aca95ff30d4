using System.Net;
using Rx.Sip.Registration;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Interop;

/// <summary>Users' endpoints on a platform of their own at one server of the kit's users.</summary>
internal sealed class Users : IAsyncDisposable
{
    private readonly CollaborationPlatform _platform;
    private readonly IPEndPoint _server;

    private Users(SipTransportType transport, IPEndPoint server, TlsSettings tls)
    {
        _platform = new CollaborationPlatform(new ClientPlatformSettings("Interop/1.0", transport) { Connections = new ConnectionManagerSettings { Tls = tls } });
        _server = server;
    }

    public SipTransportType Transport => _platform.Transport;

    public RealTimeConnectionManager Manager => _platform.ConnectionManager;

    public static Users Of(KamailioServer server, SipTransportType transport) =>
        new(transport, server.At(transport), new TlsSettings { TrustedRoots = [server.Authority] });

    public static Users At(IPEndPoint server, SipTransportType transport) => At(server, transport, TlsSettings.Default);

    public static Users At(IPEndPoint server, SipTransportType transport, TlsSettings tls) => new(transport, server, tls);

    public static string AddressOf(string user) => $"sip:{user}@rxsip.test";

    /// <summary>Settings of a user with the right password and the lifetime; without one, an hour.</summary>
    public UserEndpointSettings Settings(string user, TimeSpan? lifetime = null) =>
        new(AddressOf(user), _server.Address.ToString(), _server.Port)
        {
            Credential = CredentialOf(user),
            RegistrationLifetime = lifetime ?? TimeSpan.FromHours(1),
            // What fails is tried again within a test's patience.
            Recovery = new RecoveryPolicy.Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)),
        };

    /// <summary>An endpoint that is to be established yet.</summary>
    public UserEndpoint Endpoint(UserEndpointSettings settings) => new(_platform, settings);

    /// <summary>An endpoint that is established.</summary>
    public async Task<UserEndpoint> EstablishAsync(string user, TimeSpan? lifetime = null)
    {
        var endpoint = Endpoint(Settings(user, lifetime));
        await endpoint.EstablishAsync();
        return endpoint;
    }

    public static NetworkCredential CredentialOf(string user) => new(user, KamailioServer.PasswordOf(user));

    public ValueTask DisposeAsync() => _platform.DisposeAsync();
}
