namespace Rx.Sip.Messages;

/// <summary>When two URIs are the same, RFC 3261 §19.1.4 and RFC 3966 §4.</summary>
internal static class UriEquality
{
    // A parameter in one URI alone is ignored, but for these, which change where or to whom a request goes.
    private static readonly string[] Decisive = ["user", "ttl", "method", "maddr", "transport"];

    public static bool Same(SipUri left, SipUri right)
    {
        if (left.Scheme != right.Scheme)
            return false;
        if (left.IsTel)
            return Digits(left.User!) == Digits(right.User!) && left.Parameters.Equals(right.Parameters);
        if (!left.IsSip)
            return left.Headers == right.Headers;
        return Unescaped(left.User) == Unescaped(right.User)
            && Unescaped(left.Password) == Unescaped(right.Password)
            && string.Equals(left.Host, right.Host, StringComparison.OrdinalIgnoreCase)
            && left.Port == right.Port
            && SameParameters(left.Parameters, right.Parameters)
            && SameHeaders(left.Headers, right.Headers);
    }

    /// <summary>Takes only what any two equal URIs share.</summary>
    public static int Hash(SipUri uri) =>
        uri.IsSip ? HashCode.Combine(uri.Scheme, Unescaped(uri.User), uri.Host.ToUpperInvariant(), uri.Port)
        : HashCode.Combine(uri.Scheme, uri.IsTel ? Digits(uri.User!) : uri.Headers);

    private static string? Unescaped(string? text) => text is null ? null : UriSyntax.Unescape(text);

    private static bool SameParameters(SipParameters left, SipParameters right)
    {
        foreach (var (name, _) in left)
            if (right.Contains(name) ? !SameValue(left.Get(name), right.Get(name)) : IsDecisive(name))
                return false;
        foreach (var (name, _) in right)
            if (!left.Contains(name) && IsDecisive(name))
                return false;
        return true;
    }

    private static bool IsDecisive(string name) => Decisive.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool SameValue(string? left, string? right) =>
        string.Equals(Unescaped(left), Unescaped(right), StringComparison.OrdinalIgnoreCase);

    private static bool SameHeaders(string? left, string? right)
    {
        if (left is null || right is null)
            return left == right;
        return Sorted(left).SequenceEqual(Sorted(right));
        static IEnumerable<string> Sorted(string headers) =>
            headers.Split('&').Select(header =>
            {
                var equals = header.IndexOf('=', StringComparison.Ordinal);
                return equals < 0 ? header.ToUpperInvariant() : header[..equals].ToUpperInvariant() + UriSyntax.Unescape(header[equals..]);
            }).Order(StringComparer.Ordinal);
    }

    // Visual separators of telephone numbers carry no meaning.
    private static string Digits(string number) =>
        string.Concat(number.Where(c => c is not ('-' or '.' or '(' or ')'))).ToUpperInvariant();
}
