using System.Text.Json.Nodes;
using Rx.Sip.InstantMessaging;

namespace Rx.Sip.Tool.Values;

/// <summary>Values of an endpoint's messages. A program finds the message's own text in <c>body</c>.</summary>
internal static class MessageValue
{
    public static StreamValue Of(IncomingMessage message)
    {
        var members = new JsonObject
        {
            ["from"] = message.From.Uri.ToString(),
            ["displayName"] = message.From.DisplayName,
            ["to"] = message.To.Uri.ToString(),
            ["contentType"] = message.ContentType?.ToString(),
            ["body"] = message.Text,
        };
        return new StreamValue("messages", members, message.ToString()) { Colour = "blue" };
    }
}
