using System.Text.Json.Nodes;
using Rx.Sip.Testing;
using Rx.Sip.Tool.Values;
using Rx.Sip.Transports;

namespace Rx.Sip.Tool.Serving;

/// <summary>Values of the server's streams.</summary>
internal static class ServerValue
{
    public static StreamValue Of(ListeningAddress address, string domain)
    {
        var transport = address.Transport.ToString().ToLowerInvariant();
        var members = new JsonObject { ["transport"] = transport, ["address"] = address.EndPoint.ToString(), ["domain"] = domain };
        return new StreamValue("listening", members, $"listening on {transport}:{address.EndPoint} for {domain}") { Colour = "green" };
    }

    public static StreamValue Of(ServerBindingChange change)
    {
        var members = new JsonObject
        {
            ["at"] = StreamValue.Instant(change.At),
            ["change"] = change.Kind.ToString(),
            ["user"] = change.Binding.User,
            ["contact"] = change.Binding.Contact.Uri.ToString(),
            ["until"] = StreamValue.Instant(change.Binding.Until),
        };
        return new StreamValue("bindings", members, change.ToString()) { Colour = "blue" };
    }

    public static StreamValue Of(ServedRequest served)
    {
        var members = new JsonObject
        {
            ["at"] = StreamValue.Instant(served.At),
            ["method"] = served.Request.Method.ToString(),
            ["requestUri"] = served.Request.RequestUriText,
            ["from"] = served.Request.From?.Uri.ToString(),
            ["to"] = served.Request.To?.Uri.ToString(),
            ["status"] = served.Response?.StatusCode,
            ["reason"] = served.Response?.ReasonPhrase,
        };
        return new StreamValue("requests", members, served.ToString()) { Colour = "grey" };
    }
}
