using System.Net;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>When two URIs are the same: RFC 3261 §19.1.4 with RFC 5954 §4.2, and RFC 3966 §4.</summary>
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
        return Canonical(left.User) == Canonical(right.User)
            && Canonical(left.Password) == Canonical(right.Password)
            && SameHost(left.Host, right.Host)
            && left.Port == right.Port
            && SameParameters(left.Parameters, right.Parameters)
            && SameHeaders(left.Headers, right.Headers);
    }

    /// <summary>Takes only what any two equal URIs share.</summary>
    public static int Hash(SipUri uri) =>
        uri.IsSip ? HashCode.Combine(uri.Scheme, Canonical(uri.User), HashOfHost(uri.Host), uri.Port)
        : HashCode.Combine(uri.Scheme, uri.IsTel ? Digits(uri.User!) : uri.Headers);

    /// <summary>
    /// An escape stands for its character, unless that is reserved (RFC 3261 §19.1.4, RFC 2396 §2.2). What stays an escape has
    /// capital digits, so that the same text means the same octets.
    /// </summary>
    internal static string? Canonical(string? text)
    {
        if (text is null || !text.Contains('%', StringComparison.Ordinal))
            return text;
        var canonical = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%' || i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                canonical.Append(text[i]);
                continue;
            }
            var octet = (char)Convert.FromHexString(text.AsSpan(i + 1, 2))[0];
            if (char.IsAsciiLetterOrDigit(octet) || "-_.!~*'()".Contains(octet, StringComparison.Ordinal))
                canonical.Append(octet);
            else
                canonical.Append('%').Append(char.ToUpperInvariant(text[i + 1])).Append(char.ToUpperInvariant(text[i + 2]));
            i += 2;
        }
        return canonical.ToString();
    }

    private static bool SameHost(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase)
        || (Address(left) is { } one && Address(right) is { } other && one.Equals(other));

    private static int HashOfHost(string host) => Address(host)?.GetHashCode() ?? StringComparer.OrdinalIgnoreCase.GetHashCode(host);

    // RFC 3261's own grammar lets a third colon stand in front of an IPv4 part (RFC 5118 §4.10).
    private static IPAddress? Address(string host) =>
        host is ['[', .., ']'] && IPAddress.TryParse(host[1..^1].Replace(":::", "::", StringComparison.Ordinal), out var address) ? address : null;

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
        string.Equals(Canonical(left), Canonical(right), StringComparison.OrdinalIgnoreCase);

    private static bool SameHeaders(string? left, string? right)
    {
        if (left is null || right is null)
            return left == right;
        return Sorted(left).SequenceEqual(Sorted(right));
        static IEnumerable<string> Sorted(string headers) =>
            headers.Split('&').Select(header =>
            {
                var equals = header.IndexOf('=', StringComparison.Ordinal);
                return equals < 0 ? header.ToUpperInvariant() : header[..equals].ToUpperInvariant() + Canonical(header[equals..]);
            }).Order(StringComparer.Ordinal);
    }

    // Visual separators of telephone numbers carry no meaning.
    private static string Digits(string number) =>
        string.Concat(number.Where(c => c is not ('-' or '.' or '(' or ')'))).ToUpperInvariant();
}
