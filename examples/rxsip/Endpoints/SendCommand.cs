using System.CommandLine;
using System.Diagnostics;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Tool.Values;

namespace Rx.Sip.Tool.Endpoints;

/// <summary><c>rxsip send</c>: one message, and what is answered.</summary>
internal static class SendCommand
{
    public static Command Make(Terminal terminal)
    {
        var options = new EndpointOptions("FROM", "The account to send as, like sip:alice@example.test.");
        var to = Arguments.Address("TO", "Whom to send to, like sip:bob@example.test.");
        var text = new Argument<string>("TEXT") { Description = "The text." };
        var command = new Command("send", "Sends a message and shows what is answered.");
        options.AddTo(command, registers: false);
        command.Add(to);
        command.Add(text);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var manager = options.MakeManager(parsed, terminal);
            await using var endpoint = options.MakeEndpoint(parsed, manager);
            var report = new ValueReport(terminal, options.AsJson(parsed));
            var target = parsed.GetRequiredValue(to);
            var clock = Stopwatch.StartNew();
            var answer = await endpoint.SendMessage(target, parsed.GetRequiredValue(text))
                .Do(response =>
                {
                    // What failed is told as a sentence below.
                    if (response.IsProvisional || response.IsSuccess || options.AsJson(parsed))
                        report.Show(ResponseValue.Of(response, clock.Elapsed, endpoint.AuthenticationSummary));
                })
                .ToTask(cancellation);
            if (answer.IsSuccess)
                return ExitCode.Done;
            terminal.Complain(Advice.On(answer, target, options.Server(parsed)));
            return ExitCode.Refused;
        });
        return command;
    }
}
