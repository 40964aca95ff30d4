using System.Text;
using Spectre.Console;

namespace Rx.Sip.Tool;

/// <summary>Where a command reads and writes.</summary>
/// <param name="input">Standard input, as octets.</param>
/// <param name="output">Standard output.</param>
/// <param name="errors">Standard error.</param>
/// <param name="isScreen">Whether a person's screen shows the output: then it is coloured.</param>
internal sealed class Terminal(Stream input, TextWriter output, TextWriter errors, bool isScreen)
{
    /// <summary>What is not a screen has no margin to wrap lines at.</summary>
    private const int Unlimited = 1_000_000;

    private readonly Lock _gate = new();
    private readonly IAnsiConsole _people = People(output, isScreen);

    public Stream Input => input;

    public TextWriter Output => output;

    public TextWriter Errors => errors;

    public static Terminal OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal(
            Console.OpenStandardInput(),
            new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true },
            new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true },
            isScreen: !Console.IsOutputRedirected);
    }

    /// <summary>A line of Spectre's markup for people; what came from the network goes through <see cref="Plain"/> first.</summary>
    public void Markup(string line)
    {
        lock (_gate)
            _people.MarkupLine(line);
    }

    /// <summary>A line as it is.</summary>
    public void Line(string line)
    {
        lock (_gate)
            output.WriteLine(line);
    }

    /// <summary>A sentence on standard error.</summary>
    public void Complain(string sentence)
    {
        lock (_gate)
            errors.WriteLine($"rxsip: {Visible(sentence)}");
    }

    /// <summary>Text from outside, safe for a screen: no markup, and control characters shown instead of obeyed.</summary>
    public static string Plain(string text) => Spectre.Console.Markup.Escape(Visible(text));

    private static string Visible(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        var visible = new StringBuilder(text.Length + 16);
        foreach (var character in text)
            _ = char.IsControl(character) ? visible.Append($"\\u{(int)character:x4}") : visible.Append(character);
        return visible.ToString();
    }

    private static IAnsiConsole People(TextWriter output, bool isScreen)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isScreen ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isScreen ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isScreen)
            console.Profile.Width = Unlimited;
        return console;
    }
}
