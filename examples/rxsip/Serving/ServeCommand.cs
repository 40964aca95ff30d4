using System.CommandLine;
using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Testing;
using Rx.Sip.Tool.Values;
using Rx.Sip.Transports;

namespace Rx.Sip.Tool.Serving;

/// <summary><c>rxsip serve</c>: a registrar that relays messages between its users, for first steps and tests.</summary>
internal static class ServeCommand
{
    private const int UsualPort = 5060;

    public static Command Make(Terminal terminal)
    {
        var listen = new Option<ListeningAddress[]>("--listen")
        {
            Description = $"Where to listen; may be given several times. Default: udp and tcp on 127.0.0.1:{UsualPort}.",
            HelpName = "TRANSPORT:ADDRESS:PORT",
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [Loopback(SipTransportType.Udp), Loopback(SipTransportType.Tcp)],
            CustomParser = result => [.. result.Tokens.Select(token => ServeArguments.Address(token.Value, result.AddError)).OfType<ListeningAddress>()],
        };
        var domain = new Option<string>("--domain")
        {
            Description = "The domain of the users; the addresses listened on are theirs as well.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "localhost",
            CustomParser = result => ServeArguments.Domain(result.Tokens[0].Value, result.AddError),
        };
        var users = new Option<NetworkCredential[]>("--user")
        {
            Description = "An account; may be given several times. Without a password everybody is believed to be that user.",
            HelpName = "NAME[:PASSWORD]",
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
            CustomParser = result => [.. result.Tokens.Select(token => ServeArguments.User(token.Value, result.AddError)).OfType<NetworkCredential>()],
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a line for every value of every stream." };
        var tls = new TlsOptions();
        var command = new Command("serve", "Runs a registrar that relays messages between its users, until Ctrl-C.") { listen, domain, users, json };
        tls.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var settings = new EmbeddedServerSettings(parsed.GetRequiredValue(domain)) { Addresses = [.. parsed.GetRequiredValue(listen)], Tls = tls.Settings(parsed, terminal) };
            settings = parsed.GetRequiredValue(users).Aggregate(settings, (all, user) =>
                user.Password.Length == 0 ? all.WithUser(user.UserName) : all.WithUser(user.UserName, user.Password));
            return RunAsync(settings, new ValueReport(terminal, parsed.GetValue(json)), terminal, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(EmbeddedServerSettings settings, ValueReport report, Terminal terminal, CancellationToken cancellation)
    {
        EmbeddedServer server;
        try
        {
            server = EmbeddedServer.Start(settings);
        }
        catch (TlsFailureException failure)
        {
            terminal.Complain($"{failure.Message}  Name it with --cert, its key with --key.");
            return ExitCode.Refused;
        }
        catch (ConnectionFailureException failure)
        {
            terminal.Complain($"{failure.Message}.  Choose another address with --listen.");
            return ExitCode.Refused;
        }
        Task told;
        await using (server)
        {
            told = Observable
                .Merge(server.BindingChanges.Select(ServerValue.Of), server.Requests.Select(ServerValue.Of))
                .Do(report.Show)
                .LastOrDefaultAsync()
                .ToTask(CancellationToken.None);
            foreach (var address in server.Addresses)
                report.Show(ServerValue.Of(address, server.Domain));
            var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellation.Register(interrupted.SetResult);
            await interrupted.Task;
        }
        await told;
        return ExitCode.Done;
    }

    private static ListeningAddress Loopback(SipTransportType transport) => new(transport, new IPEndPoint(IPAddress.Loopback, UsualPort));
}
