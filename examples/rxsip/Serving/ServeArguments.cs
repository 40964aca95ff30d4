using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Tool.Serving;

/// <summary>How the options of <c>serve</c> are read; null, and a complaint, for what can't be.</summary>
internal static class ServeArguments
{
    public static ListeningAddress? Address(string text, Action<string> complain)
    {
        var (name, end) = text.Split(':', 2) is [var first, var rest] ? (first, rest) : (text, "");
        // A port has to be there: without one IPEndPoint would take 0.
        if (TransportName.TryParse(name, out var known) && IPEndPoint.TryParse(end, out var address) && end.EndsWith($":{address.Port}", StringComparison.Ordinal))
            return new ListeningAddress(known, address);
        complain($"'{text}' is nothing to listen on. Write it like udp:127.0.0.1:5060 or tcp:[::1]:5060, or with tls, ws or wss.");
        return null;
    }

    public static string? Domain(string text, Action<string> complain)
    {
        if (SipUri.TryParse($"sip:{text}", out var uri) && uri is { User: null, Port: null, Headers: null } && uri.Host == text)
            return text;
        complain($"'{text}' is no domain. Write it like example.test.");
        return null;
    }

    public static NetworkCredential? User(string text, Action<string> complain)
    {
        var (name, password) = text.Split(':', 2) is [var first, var rest] ? (first, rest) : (text, "");
        if (name.Length > 0 && SipUri.TryParse($"sip:{name}@localhost", out var uri) && uri.User == name)
            return new NetworkCredential(name, password);
        complain($"'{text}' is no account. Write it like alice:secret.");
        return null;
    }
}
