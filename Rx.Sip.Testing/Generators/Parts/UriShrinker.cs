using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Simpler URIs: without headers, parameters, password, port, with a plain user and host.</summary>
internal static class UriShrinker
{
    private const string PlainUser = "a";
    private const string PlainHost = "a.test";
    private const string PlainNumber = "1";

    public static IEnumerable<SipUri> Shrink(SipUri uri) =>
        Candidates(uri).Where(text => text != uri.ToString())
            .Select(text => SipUri.TryParse(text, out var simpler) ? simpler : null)
            .OfType<SipUri>();

    private static IEnumerable<string> Candidates(SipUri uri)
    {
        if (uri.IsSip)
            return OfSip(uri);
        return uri.IsTel ? OfTel(uri) : uri.Headers is ['a'] ? [] : [$"{uri.Scheme}:a"];
    }

    private static IEnumerable<string> OfSip(SipUri uri)
    {
        var parameters = uri.Parameters.ToString();
        var headers = uri.Headers is { } given ? $"?{given}" : "";
        var user = uri.User is null ? "" : $"{uri.User}{(uri.Password is { } password ? $":{password}" : "")}@";
        var port = uri.Port is { } number ? $":{number}" : "";
        yield return $"sip:{(uri.User is null ? "" : $"{PlainUser}@")}{PlainHost}";
        if (uri.IsSecure)
            yield return $"sip:{user}{uri.Host}{port}{parameters}{headers}";
        if (uri.Headers is not null)
            yield return $"{uri.Scheme}:{user}{uri.Host}{port}{parameters}";
        foreach (var fewer in WithoutEach(uri.Parameters))
            yield return $"{uri.Scheme}:{user}{uri.Host}{port}{fewer}{headers}";
        if (uri.Password is not null)
            yield return $"{uri.Scheme}:{uri.User}@{uri.Host}{port}{parameters}{headers}";
        if (uri.User is not null and not PlainUser)
            yield return $"{uri.Scheme}:{PlainUser}@{uri.Host}{port}{parameters}{headers}";
        if (uri.Port is not null)
            yield return $"{uri.Scheme}:{user}{uri.Host}{parameters}{headers}";
        if (uri.Host != PlainHost)
            yield return $"{uri.Scheme}:{user}{PlainHost}{port}{parameters}{headers}";
    }

    private static IEnumerable<string> OfTel(SipUri uri)
    {
        foreach (var fewer in WithoutEach(uri.Parameters))
            yield return $"tel:{uri.User}{fewer}";
        if (uri.User is { Length: > 1 })
            yield return $"tel:{(uri.User.StartsWith('+') && uri.User.Length > 2 ? "+" : "")}{PlainNumber}{uri.Parameters}";
    }

    private static IEnumerable<string> WithoutEach(SipParameters parameters)
    {
        if (parameters.Count > 1)
            yield return "";
        for (var i = 0; i < parameters.Count; i++)
        {
            var left = i;
            yield return string.Concat(parameters.Where((_, index) => index != left).Select(item => item.Value is null ? $";{item.Key}" : $";{item.Key}={item.Value}"));
        }
    }
}
