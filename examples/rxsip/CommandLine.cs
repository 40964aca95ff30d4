using System.CommandLine;
using System.CommandLine.Invocation;
using Rx.Sip.Tool.Endpoints;
using Rx.Sip.Tool.Parsing;
using Rx.Sip.Tool.Resolving;
using Rx.Sip.Tool.Serving;

namespace Rx.Sip.Tool;

/// <summary>The command line: finds the command, runs it, and turns what goes wrong into a sentence and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>How long a command may take to say goodbye after Ctrl-C.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(40);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var root = new RootCommand("SIP at the prompt.")
        {
            ServeCommand.Make(terminal),
            StayCommand.MakeRegister(terminal),
            SendCommand.Make(terminal),
            StayCommand.MakeListen(terminal),
            ParseCommand.Make(terminal),
            ResolveCommand.Make(terminal),
        };
        // A text that begins with @ is a text, not a file of arguments.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
            return Misused(terminal, parsed);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Farewell,
            });
        }
        catch (UsageException misuse)
        {
            terminal.Complain(misuse.Message);
            return ExitCode.WrongUsage;
        }
        catch (SipException refusal)
        {
            terminal.Complain(refusal.Message);
            return ExitCode.Refused;
        }
    }

    private static int Misused(Terminal terminal, ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
            terminal.Complain(error.Message);
        var command = parsed.CommandResult.Command;
        terminal.Complain($"How it is used: {(command is RootCommand ? "rxsip" : $"rxsip {command.Name}")} --help");
        return ExitCode.WrongUsage;
    }
}
