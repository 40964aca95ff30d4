using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// A SIP, SIPS or TEL URI, or any other absolute URI kept as its text (RFC 3261 §19.1, RFC 3966). Immutable; equality is that
/// of RFC 3261 §19.1.4.
/// </summary>
public sealed class SipUri : IEquatable<SipUri>
{
    private string? _text;

    internal SipUri(string scheme, string? user, string? password, string host, int? port, SipParameters parameters, string? headers) =>
        (Scheme, User, Password, Host, Port, Parameters, Headers) = (scheme, user, password, host, port, parameters, headers);

    /// <summary>The scheme in lower case.</summary>
    public string Scheme { get; }

    /// <summary>The user part as written, escapes included; of a <c>tel</c> URI the number.</summary>
    public string? User { get; }

    /// <summary>The password, which RFC 3261 §19.1.1 advises against.</summary>
    public string? Password { get; }

    /// <summary>The host, IPv6 addresses in brackets; empty for schemes without one.</summary>
    public string Host { get; }

    /// <summary>The port if one is written.</summary>
    public int? Port { get; }

    /// <summary>The URI parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>What stands behind <c>?</c>; of a scheme unknown here everything behind the colon.</summary>
    public string? Headers { get; }

    /// <summary>Whether the scheme is <c>sips</c>.</summary>
    public bool IsSecure => Scheme == "sips";

    /// <summary>Whether the scheme is <c>sip</c> or <c>sips</c>.</summary>
    public bool IsSip => Scheme is "sip" or "sips";

    /// <summary>Whether the scheme is <c>tel</c>.</summary>
    public bool IsTel => Scheme == "tel";

    /// <summary>The <c>transport</c> parameter.</summary>
    public string? Transport => Parameters.Get("transport");

    /// <summary><c>user@host</c>, or the host alone when there is no user: what an account is looked up by.</summary>
    public string UserAtHost => User is null ? Host : IsTel ? User : $"{User}@{Host}";

    /// <summary>Reads a URI; false for anything that is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        return text is not null && TryRead(Encoding.UTF8.GetBytes(text), out uri);
    }

    /// <summary>Reads a URI. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SipUri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not a SIP URI.");
    }

    /// <summary>The same URI with another user; null takes it away.</summary>
    public SipUri WithUser(string? user) => Checked(new(Scheme, user, Password, Host, Port, Parameters, Headers));

    /// <summary>The same URI with another host.</summary>
    public SipUri WithHost(string host) => Checked(new(Scheme, User, Password, host, Port, Parameters, Headers));

    /// <summary>The same URI with another port; null takes it away.</summary>
    public SipUri WithPort(int? port) => Checked(new(Scheme, User, Password, Host, port, Parameters, Headers));

    /// <summary>The same URI with one parameter set; a null value makes a flag.</summary>
    public SipUri WithParameter(string name, string? value) =>
        Checked(new(Scheme, User, Password, Host, Port, Parameters.With(name, value), Headers));

    /// <summary>The same URI with no parameters and no headers: an address-of-record (RFC 3261 §10.3 step 5).</summary>
    public SipUri WithoutParameters() => Parameters.Count == 0 && (Headers is null || !IsSip) ? this : new(Scheme, User, Password, Host, Port, SipParameters.Empty, IsSip ? null : Headers);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = UriSyntax.Read(text);
        return uri is not null;
    }

    /// <inheritdoc/>
    public bool Equals(SipUri? other) => other is not null && (ReferenceEquals(this, other) || UriEquality.Same(this, other));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipUri);

    /// <inheritdoc/>
    public override int GetHashCode() => UriEquality.Hash(this);

    /// <summary>The URI as on the wire.</summary>
    public override string ToString() => _text ??= AppendTo(new StringBuilder(64)).ToString();

    /// <summary>Writes the URI without keeping its text: of very many URIs that are written now and then, the texts would be most of what is kept.</summary>
    internal StringBuilder AppendTo(StringBuilder text)
    {
        if (_text is not null)
            return text.Append(_text);
        text.Append(Scheme).Append(':');
        if (!IsSip && !IsTel)
            return text.Append(Headers);
        text.Append(User);
        if (Password is not null)
            text.Append(':').Append(Password);
        if (IsSip && User is not null)
            text.Append('@');
        text.Append(Host);
        if (Port is { } port)
            text.Append(':').Append(port);
        Parameters.AppendTo(text);
        if (Headers is not null)
            text.Append('?').Append(Headers);
        return text;
    }

    // What a caller puts together must read back as the same URI, or it could smuggle in parts of another.
    private static SipUri Checked(SipUri uri) =>
        TryParse(uri.ToString(), out var same) && same.User == uri.User && same.Host == uri.Host && same.Port == uri.Port
        && same.Parameters.Count == uri.Parameters.Count && same.Headers == uri.Headers
            ? uri
            : throw new ArgumentException($"'{uri}' is not a SIP URI.");
}
