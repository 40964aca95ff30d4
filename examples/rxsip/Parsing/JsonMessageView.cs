using System.Text.Json.Nodes;
using Rx.Sip.Messages;

namespace Rx.Sip.Tool.Parsing;

/// <summary>One JSON object a line, for programs.</summary>
internal sealed class JsonMessageView(Terminal terminal) : IMessageView
{
    public void Show(SipParseResult result) => terminal.Line(Json.Line(result.Match(Message, Malformed)));

    private static JsonObject Message(SipMessage message)
    {
        JsonObject line = message switch
        {
            SipRequest request => new() { ["kind"] = "request", ["method"] = request.Method.ToString(), ["requestUri"] = request.RequestUriText },
            SipResponse response => new() { ["kind"] = "response", ["status"] = response.StatusCode, ["reason"] = response.ReasonPhrase },
            _ => [],
        };
        line["headers"] = new JsonArray([.. message.Headers.Select(header => new JsonObject { ["name"] = header.Name, ["value"] = header.Value })]);
        line["bodyLength"] = message.Body.Length;
        return line;
    }

    private static JsonObject Malformed(SipParseError error) =>
        new() { ["kind"] = "malformed", ["reason"] = error.Reason.ToString(), ["offset"] = error.Offset };
}
