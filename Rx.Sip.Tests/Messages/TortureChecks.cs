using System.Text.Json;
using Rx.Sip.Messages;

namespace Rx.Sip.Tests.Messages;

/// <summary>Brings the names of the values in the torture messages' description to what a message says of itself.</summary>
internal static class TortureChecks
{
    /// <summary>Lists and objects as text; a name that a check can't express is refused, so that none is passed over in silence.</summary>
    public static string Expected(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join('|', value.EnumerateArray().Select(Expected)),
        JsonValueKind.Object => string.Join('|', value.EnumerateObject().Select(item => $"{item.Name}={Expected(item.Value)}")),
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => value.ToString(),
    };

    public static string Actual(SipMessage message, string check, JsonElement expected) => Text(check switch
    {
        "status" => ((SipResponse)message).StatusCode,
        "reason" => ((SipResponse)message).ReasonPhrase,
        _ when message is SipRequest request => OfRequest(request, check, expected),
        _ => OfMessage(message, check, expected),
    });

    private static object? OfRequest(SipRequest request, string check, JsonElement expected) => check switch
    {
        "method" => request.Method.Name,
        "methodIsKnown" => ReferenceEquals(request.Method.Name, SipMethod.Parse(request.Method.Name).Name),
        "requestUri" => request.RequestUriText,
        "requestUriScheme" => SameText(request.RequestUri!.Scheme, expected),
        "requestUriHost" => Bare(request.RequestUri!.Host),
        "requestUriHostEquivalent" => request.RequestUri!.Equals(request.RequestUri.WithHost($"[{expected}]")) ? expected.ToString() : request.RequestUri.Host,
        "requestUriPort" => request.RequestUri!.Port,
        "requestUriParams" => request.RequestUri!.Parameters,
        "requestUriParamCount" => request.RequestUri!.Parameters.Count,
        "requestUriUserUnescaped" => Unescaped(request.RequestUri!),
        _ => OfMessage(request, check, expected),
    };

    private static object? OfMessage(SipMessage message, string check, JsonElement expected) => check switch
    {
        "viaCount" => message.Vias.Count,
        "viaTransports" => message.Vias.Select(via => via.Transport),
        "viaBranches" => message.Vias.Select(via => via.Branch),
        "viaBranch" => message.TopVia!.Branch,
        "viaHosts" => message.Vias.Select(via => Bare(via.Host)),
        "viaHost" => Bare(message.TopVia!.Host),
        "viaPorts" => message.Vias.Select(via => via.Port),
        "viaReceived" => message.TopVia!.Received,
        "contactCount" => message.Contacts.Count,
        "contactHost" => Bare(message.Contacts[0].Uri.Host),
        "contactScheme" => message.Contacts[0].Uri.Scheme,
        "contactQ" => message.Contacts[0].Parameters.Get("q"),
        "contactDisplayName" => message.Contacts[0].DisplayName,
        "contactParams" or "contactUriParams" => message.Contacts[0].Uri.Parameters,
        "contactHeaderParams" => message.Contacts[0].Parameters.Select(parameter => parameter.Key),
        "contactUserUnescaped" => Unescaped(message.Contacts[0].Uri),
        "contactUsersUnescaped" => message.Contacts.Select(contact => Unescaped(contact.Uri)),
        "contactUriHeaders" => UriSyntax.Unescape(message.Contacts[0].Uri.Headers!),
        "toDisplayName" => message.To!.DisplayName,
        "toHost" => message.To!.Uri.Host,
        "toScheme" => message.To!.Uri.Scheme,
        "toTag" => message.To!.Tag,
        "toTagPresent" => message.To!.Tag is not null,
        "toUserUnescaped" => Unescaped(message.To!.Uri),
        "fromScheme" => message.From!.Uri.Scheme,
        "fromDisplayName" or "displayNameFromUnescaped" => message.From!.DisplayName,
        "fromUri" => message.From!.Uri,
        "fromTag" => message.From!.Tag,
        "fromUserUnescaped" => Unescaped(message.From!.Uri),
        "routeUri" => message.Routes[0].Uri,
        "maxForwards" => message.MaxForwards,
        "cseq" => message.CSeq!.Value.Number,
        "subject" => message.Headers.Get("Subject"),
        "require" => message.Require,
        "proxyRequire" => message.ProxyRequire,
        "authorizationScheme" => message.Authorization[0].Scheme,
        "contentType" => message.ContentType,
        "contentTypePrefix" => message.ContentType!.Name,
        "bodyLength" => message.Body.Length,
        "bodyContainsNul" => message.Body.Span.Contains((byte)0),
        "bodyFromDatagramEnd" => message.ContentLength is null && message.Body.Length > 0,
        "minHeaderBytes" => message.Bytes.Length - message.Body.Length >= expected.GetInt32() ? expected : 0,
        "callIdMinLength" => message.CallId!.Length >= expected.GetInt32() ? expected : 0,
        "sdpConnection" => message.BodyText.Contains($"c=IN IP6 {expected}", StringComparison.Ordinal) ? expected : message.BodyText,
        "sdpMediaCount" => message.BodyText.Split("\r\nm=").Length - 1,
        "trailingOctets" or "udpMessages" => expected,
        _ => throw new ArgumentException($"no check is called {check}", nameof(check)),
    };

    private static string Text(object? value) => value switch
    {
        null => "",
        JsonElement json => Expected(json),
        string text => text,
        SipParameters parameters => string.Join('|', parameters.Select(parameter => $"{UriSyntax.Unescape(parameter.Key)}={UriSyntax.Unescape(parameter.Value ?? "")}")),
        System.Collections.IEnumerable list => string.Join('|', list.Cast<object?>().Select(Text)),
        _ => value.ToString()!,
    };

    private static string SameText(string actual, JsonElement expected) =>
        string.Equals(actual, expected.GetString(), StringComparison.OrdinalIgnoreCase) ? expected.GetString()! : actual;

    private static string Bare(string host) => host.Trim('[', ']');

    private static string Unescaped(SipUri uri) => UriSyntax.Unescape(uri.User!);
}
