using System.CommandLine;
using System.Net;
using Rx.Sip.Registration;
using Rx.Sip.Transports;

namespace Rx.Sip.Tool.Endpoints;

/// <summary>The options that every command with an endpoint has, and the endpoint they ask for.</summary>
internal sealed class EndpointOptions
{
    private const string PasswordVariable = "RXSIP_PASSWORD";

    private readonly Argument<RealTimeAddress> _uri;
    private readonly Option<HostAndPort> _server = new("--server")
    {
        Description = "The server.",
        HelpName = "HOST:PORT",
        Required = true,
        CustomParser = Arguments.Read<HostAndPort>(HostAndPort.TryParse, "is no server. Write it like 127.0.0.1:5060 or [::1]:5060."),
    };
    private readonly Option<SipTransportType> _transport = new("--transport")
    {
        Description = "The transport to the server.",
        HelpName = "udp|tcp|tls|ws|wss",
        DefaultValueFactory = _ => SipTransportType.Udp,
        CustomParser = Arguments.Transport,
    };
    private readonly Option<string?> _password = new("--password") { Description = $"The password. Default: what {PasswordVariable} says.", HelpName = "PW" };
    private readonly TlsOptions _tls = new();
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line for every value of every stream." };
    private readonly Option<TimeSpan?> _expires = new("--expires")
    {
        Description = "The lifetime to ask of the registrar. Default: an hour.",
        HelpName = "SECONDS",
        CustomParser = Arguments.Seconds,
    };

    public EndpointOptions(string name, string description) => _uri = Arguments.Account(name, description);

    /// <summary>Gives the command the endpoint's argument and options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="registers">Whether its endpoint registers, so that the lifetime can be chosen.</param>
    public void AddTo(Command command, bool registers)
    {
        command.Add(_uri);
        command.Add(_server);
        command.Add(_transport);
        command.Add(_password);
        _tls.AddTo(command);
        if (registers)
            command.Add(_expires);
        command.Add(_json);
    }

    public HostAndPort Server(ParseResult parsed) => parsed.GetRequiredValue(_server);

    public bool AsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>The connections for the endpoint; who asked for them disposes them behind it.</summary>
    public RealTimeConnectionManager MakeManager(ParseResult parsed, Terminal terminal) =>
        new RealTimeClientConnectionManager(new ConnectionManagerSettings { Tls = _tls.Settings(parsed, terminal) });

    public SipEndpoint MakeEndpoint(ParseResult parsed, RealTimeConnectionManager manager)
    {
        var (address, server) = (parsed.GetRequiredValue(_uri), Server(parsed));
        var endpoint = new SipEndpoint(
            new SipEndpointSettings(address.ToString(), server.Host)
            {
                Port = server.Port,
                Transport = parsed.GetValue(_transport),
                RegistrationLifetime = parsed.GetValue(_expires) ?? TimeSpan.FromHours(1),
                Recovery = new RecoveryPolicy.Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)),
                ApplicationUserAgent = "rxsip",
                // At the prompt a server is looked at as it is; whether it asked for the password is told.
                AllowNoAuthentication = true,
            },
            manager);
        var password = parsed.GetValue(_password) ?? Environment.GetEnvironmentVariable(PasswordVariable);
        if (!string.IsNullOrEmpty(password))
            endpoint.CredentialCache.Add(SipEndpoint.DefaultRtcRealm, new NetworkCredential(address.Uri.User, password));
        return endpoint;
    }
}
