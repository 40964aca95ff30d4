using Rx.Sip.Messages;

namespace Rx.Sip.Tool.Parsing;

/// <summary>The start line, the headers one below the other, how long the body is and what its parts are, for people.</summary>
internal sealed class ReadableMessageView(Terminal terminal) : IMessageView
{
    private const int WidestName = 20;

    private readonly BodyView _body = new(terminal);

    public void Show(SipParseResult result)
    {
        if (result is SipParseResult.Parsed { Message: var message })
            Show(message);
        else if (result is SipParseResult.Malformed { Error: var error })
            terminal.Markup($"[red]malformed[/]  {Terminal.Plain(error.ToString())}");
        terminal.Line("");
    }

    private void Show(SipMessage message)
    {
        var colour = message is SipResponse ? "green" : "blue";
        terminal.Markup($"[{colour}]{(message is SipResponse ? "response" : "request")}[/]  [bold]{Terminal.Plain(message.ToString()!)}[/]");
        var width = Math.Min(WidestName, message.Headers.Select(header => header.Name.Length).DefaultIfEmpty().Max());
        foreach (var header in message.Headers)
            terminal.Markup($"  [grey]{Terminal.Plain(header.Name.PadRight(width))}[/]  {Terminal.Plain(header.Value)}");
        terminal.Markup(message.Body.Length == 0 ? "  [grey]no body[/]" : $"  [grey]a body of {message.Body.Length} octets[/]");
        _body.Show(message);
    }
}
