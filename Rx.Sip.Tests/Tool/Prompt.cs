using System.Text;
using System.Text.Json;
using Rx.Sip.Tool;

namespace Rx.Sip.Tests.Tool;

/// <summary>The tool as somebody at the prompt sees it, without a process of its own.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record Prompt(int ExitCode, string Output, string Errors)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<JsonElement> Values => [.. Lines.Select(line => JsonElement.Parse(line))];

    public static Task<Prompt> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public static async Task<Prompt> RunAsync(byte[] input, string[] arguments)
    {
        await using var output = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        await using var errors = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        var exitCode = await CommandLine.RunAsync(arguments, new Terminal(new MemoryStream(input), output, errors, isScreen: false));
        return new Prompt(exitCode, output.ToString(), errors.ToString());
    }
}
