using System.CommandLine;
using Rx.Sip.Tool.Values;

namespace Rx.Sip.Tool.Endpoints;

/// <summary><c>rxsip register</c> and <c>rxsip listen</c>: an endpoint that stays registered until it has been long enough.</summary>
internal static class StayCommand
{
    public static Command MakeRegister(Terminal terminal) =>
        Make(terminal, "register", "Registers, stays registered, and takes leave at the end.", count: null);

    public static Command MakeListen(Terminal terminal) =>
        Make(terminal, "listen", "Registers and shows the messages that arrive.", new Option<int?>("--count")
        {
            Description = "End after that many messages.",
            HelpName = "N",
            CustomParser = Arguments.Number,
        });

    private static Command Make(Terminal terminal, string name, string description, Option<int?>? count)
    {
        var options = new EndpointOptions("URI", "The account, like sip:bob@example.test.");
        var duration = new Option<TimeSpan?>("--for")
        {
            Description = "End after so long. Default: at Ctrl-C.",
            HelpName = "SECONDS",
            CustomParser = Arguments.Seconds,
        };
        var command = new Command(name, description);
        options.AddTo(command, registers: true);
        command.Add(duration);
        if (count is not null)
            command.Add(count);
        command.SetAction((parsed, cancellation) => RunAsync(
            options, parsed, terminal, listens: count is not null, parsed.GetValue(duration), count is null ? null : parsed.GetValue(count), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        EndpointOptions options, ParseResult parsed, Terminal terminal, bool listens, TimeSpan? duration, int? count, CancellationToken cancellation)
    {
        await using var manager = options.MakeManager(parsed, terminal);
        await using var endpoint = options.MakeEndpoint(parsed, manager);
        try
        {
            var stay = new Stay(endpoint, new ValueReport(terminal, options.AsJson(parsed)), listens);
            switch (await stay.RunAsync(duration, count, cancellation))
            {
                case Ending.TimeUp when count is not null:
                    terminal.Complain($"Fewer than {count} messages came within {duration?.TotalSeconds} s.");
                    return ExitCode.Refused;
                case Ending.Lost:
                    terminal.Complain($"{endpoint.Address.Uri} can't go on: {endpoint.CurrentState}.");
                    return ExitCode.Refused;
                default:
                    return ExitCode.Done;
            }
        }
        catch (SipException refusal)
        {
            terminal.Complain($"{refusal.Message}  {Advice.For(refusal, endpoint.Address, options.Server(parsed))}");
            return ExitCode.Refused;
        }
    }
}
