using System.CommandLine;
using Rx.Sip.Messages;

namespace Rx.Sip.Tool.Parsing;

/// <summary><c>rxsip parse</c>: shows what the parser makes of octets.</summary>
internal static class ParseCommand
{
    private const string StandardInput = "-";

    public static Command Make(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files with one message each, or with --stream many; - is standard input.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object a line for each message." };
        var stream = new Option<bool>("--stream") { Description = "Each file is the octets of a TCP connection: many messages, one behind the other." };
        var command = new Command("parse", "Shows what the parser makes of messages.") { files, json, stream };
        command.SetAction(parsed =>
        {
            IMessageView view = parsed.GetValue(json) ? new JsonMessageView(terminal) : new ReadableMessageView(terminal);
            Func<Stream, IEnumerable<SipParseResult>> read = parsed.GetValue(stream) ? StreamSource.Read : DatagramSource.Read;
            return Run(terminal, parsed.GetRequiredValue(files), read, view);
        });
        return command;
    }

    private static int Run(Terminal terminal, string[] names, Func<Stream, IEnumerable<SipParseResult>> read, IMessageView view)
    {
        if (names.FirstOrDefault(name => name != StandardInput && !File.Exists(name)) is { } missing)
            throw new UsageException($"There is no file {missing}.");
        var exitCode = ExitCode.Done;
        foreach (var name in names)
        {
            using var file = Open(terminal, name);
            foreach (var result in read(file))
            {
                view.Show(result);
                if (result is not SipParseResult.Malformed malformed)
                    continue;
                terminal.Complain($"{(name == StandardInput ? "standard input" : name)}: {malformed.Error}.");
                exitCode = ExitCode.Refused;
            }
        }
        return exitCode;
    }

    private static Stream Open(Terminal terminal, string name)
    {
        try
        {
            return name == StandardInput ? terminal.Input : File.OpenRead(name);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{name} can't be read: {unreadable.Message}");
        }
    }
}
