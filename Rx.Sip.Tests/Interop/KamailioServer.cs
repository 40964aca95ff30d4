using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip.Tests.Interop;

/// <summary>
/// A Kamailio of its own on free loopback ports: registrar with Digest, proxy, presence agent. Domain and realm
/// <c>rxsip.test</c>; users alice, bob, carol and dave, each with the password <c>NAME-secret</c>.
/// </summary>
public sealed class KamailioServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("kamailio-");
    private readonly string[] _options;
    private Dictionary<string, string> _settings = [];

    private KamailioServer(string[] options) => _options = options;

    public string Domain => _settings["SIP_DOMAIN"];

    public IPEndPoint Udp => EndPoint("SIP_UDP");

    /// <summary>TCP, on the port of UDP.</summary>
    public IPEndPoint Tcp => EndPoint("SIP_TCP");

    public IPEndPoint Tls => EndPoint("SIP_TLS");

    /// <summary>TLS that requires a client certificate.</summary>
    public IPEndPoint MutualTls => EndPoint("SIP_MTLS");

    public IPEndPoint WebSocket => EndPoint("SIP_WS");

    public IPEndPoint SecureWebSocket => EndPoint("SIP_WSS");

    /// <summary>The folder of certificates: <c>ca.pem</c>, <c>client.pfx</c> (password <c>rxsip</c>), <c>stranger.pem</c> …</summary>
    public string Certificates => _settings["SIP_PKI"];

    /// <summary>The authority that has issued them.</summary>
    public X509Certificate2 Authority => X509CertificateLoader.LoadCertificateFromFile(System.IO.Path.Combine(Certificates, "ca.pem"));

    /// <summary>Where it listens for a transport.</summary>
    public IPEndPoint At(SipTransportType transport) => transport switch
    {
        SipTransportType.Udp => Udp,
        SipTransportType.Tcp => Tcp,
        SipTransportType.Tls => Tls,
        SipTransportType.WebSocket => WebSocket,
        _ => SecureWebSocket,
    };

    /// <summary>What Kamailio has logged so far.</summary>
    public string Log => _folder.Read("log");

    /// <summary>Starts one; ready when it returns. Options are the kit's: <c>alg=SHA-256</c>, <c>nonce_expire=2</c>, <c>min_secs=60</c> …</summary>
    public static async Task<KamailioServer> StartAsync(params string[] options)
    {
        var server = new KamailioServer(options);
        try
        {
            await server.StartOnFreePortsAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static string PasswordOf(string user) => $"{user}-secret";

    /// <summary>Turns one of the kit's knobs: <c>drop</c>, <c>loss</c>, <c>deny</c>, <c>retry_after</c>, <c>min_expires</c>, <c>force_stale</c> …</summary>
    public Task SetAsync(string knob, int value) => SetAsync(knob, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="SetAsync(string, int)"/>
    public Task SetAsync(string knob, string value) => Command.RunAsync("bin/knob", _folder.Path, knob, value);

    /// <summary>All knobs back to where they were at the start.</summary>
    public Task ResetAsync() => Command.RunAsync("bin/knob", _folder.Path, "reset");

    /// <summary>Ends it as a crash would: connections break, bindings are forgotten.</summary>
    public Task KillAsync() => Command.RunAsync("bin/sipserver", "kill", _folder.Path);

    /// <summary>Ends it in order: with <c>locations=disk</c> it writes down its bindings.</summary>
    public Task StopAsync() => Command.RunAsync("bin/sipserver", "stop", _folder.Path);

    /// <summary>Starts it again on the same ports after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public Task RestartAsync() => StartAtAsync($"base={_settings["SIP_UDP"]}");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    // Two servers that start at the same moment may pick the same ports: the one that loses picks others.
    private async Task StartOnFreePortsAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StartAtAsync("base=auto");
                return;
            }
            catch (InvalidOperationException) when (attempt < 3 && Log.Contains("Address already in use", StringComparison.Ordinal))
            {
            }
        }
    }

    private async Task StartAtAsync(string ports)
    {
        var lines = await Command.RunAsync("bin/sipserver", ["start", _folder.Path, ports, .. _options]);
        _settings = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }

    /// <summary>The address that one of the kit's settings names.</summary>
    public IPEndPoint EndPoint(string setting) =>
        new(IPAddress.Loopback, int.Parse(_settings[setting], CultureInfo.InvariantCulture));
}
