using System.Text.Json.Nodes;
using Rx.Sip.Messages;

namespace Rx.Sip.Tool.Values;

/// <summary>Values of what was answered to a request.</summary>
internal static class ResponseValue
{
    /// <param name="response">The response.</param>
    /// <param name="after">How long after the request it came.</param>
    /// <param name="authentication">How the request was authenticated, in words.</param>
    public static StreamValue Of(SipResponse response, TimeSpan after, string authentication)
    {
        var milliseconds = (long)after.TotalMilliseconds;
        var members = new JsonObject
        {
            ["status"] = response.StatusCode,
            ["reason"] = response.ReasonPhrase,
            ["isLocal"] = response.IsLocal,
            ["isFinal"] = response.IsFinal,
            ["milliseconds"] = milliseconds,
            ["authentication"] = authentication,
        };
        return new StreamValue("responses", members, $"{response}  ({milliseconds} ms, {authentication})")
        {
            Colour = response.IsSuccess ? "green" : response.IsProvisional ? "grey" : "red",
        };
    }
}
