using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Messages;
using Rx.Sip.Tool.Endpoints;
using Rx.Sip.Tool.Values;
using Rx.Sip.Transports;

namespace Rx.Sip.Tool.Resolving;

/// <summary><c>rxsip resolve</c>: the targets that requests for a URI would try, in their order (RFC 3263).</summary>
internal static class ResolveCommand
{
    private const int DnsPort = 53;

    public static Command Make(Terminal terminal)
    {
        var uri = new Argument<SipUri>("URI")
        {
            Description = "Where a request would go, like sip:example.test or sips:bob@example.test;transport=tcp.",
            CustomParser = Arguments.Read<SipUri>(TryRead, "is no SIP URI. Write it like sip:bob@example.test."),
        };
        var dns = new Option<IPEndPoint?>("--dns")
        {
            Description = "The DNS server to ask. Default: those of the system.",
            HelpName = "ADDRESS:PORT",
            CustomParser = ReadServer,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a line for every target." };
        var command = new Command("resolve", "Shows the targets that a request would try, in their order.") { uri, dns, json };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetRequiredValue(uri), parsed.GetValue(dns), new ValueReport(terminal, parsed.GetValue(json)), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(SipUri uri, IPEndPoint? dns, ValueReport report, Terminal terminal, CancellationToken cancellation)
    {
        if (SipTargetQuery.Of(uri) is not { } query)
        {
            terminal.Complain($"{uri} leads nowhere: there is no transport {uri.Transport}{(uri.IsSecure ? " that is secure" : "")}.");
            return ExitCode.Refused;
        }
        var resolver = new DnsResolver(new DnsSettings { Servers = dns is null ? null : [dns] });
        var list = await resolver.Resolve(query).ToTask(cancellation);
        for (var place = 0; place < list.Targets.Count; place++)
            report.Show(TargetValue.Of(list.Targets[place], place + 1, list.TimeToLive));
        if (list.Targets.Count > 0)
            return ExitCode.Done;
        terminal.Complain($"{uri} leads nowhere: {list.Problem}.");
        return ExitCode.Refused;
    }

    private static bool TryRead(string text, [NotNullWhen(true)] out SipUri? uri) => SipUri.TryParse(text, out uri) && uri.IsSip;

    private static IPEndPoint? ReadServer(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (IPAddress.TryParse(text, out var address))
            return new IPEndPoint(address, DnsPort);
        if (IPEndPoint.TryParse(text, out var server) && server.Port != 0)
            return server;
        result.AddError($"'{text}' is no DNS server. Write its address, like 192.0.2.53 or [2001:db8::53]:5353.");
        return null;
    }
}
