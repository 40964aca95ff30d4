using System.Text.Json.Nodes;

namespace Rx.Sip.Tool.Values;

/// <summary>Tells values: one JSON object a line for programs, coloured lines for people.</summary>
internal sealed class ValueReport(Terminal terminal, bool asJson)
{
    public void Show(StreamValue value)
    {
        if (asJson)
            terminal.Line(Json.Line(new JsonObject([new("stream", value.Stream), .. Detached(value.Members), new("text", value.Text)])));
        else if (!value.IsDetail)
            terminal.Markup($"[{value.Colour}]{Terminal.Plain(value.Text)}[/]");
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Detached(JsonObject members) =>
        members.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()));
}
