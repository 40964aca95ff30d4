using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>One mechanism of Security-Client, Security-Server or Security-Verify (RFC 3329 §2.2).</summary>
/// <param name="Name"><c>digest</c>, <c>tls</c>, <c>ipsec-ike</c>, <c>ipsec-3gpp</c> …</param>
/// <param name="Parameters">All parameters.</param>
public sealed record SecurityMechanism(string Name, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public SecurityMechanism(string name) : this(name, SipParameters.Empty)
    {
    }

    /// <summary>How much the server prefers it, from 0 to 1.</summary>
    public double Preference => Parameters.Quality();

    /// <summary>The algorithm of <c>digest</c>, without quotes.</summary>
    public string? DigestAlgorithm => Parameters.Get("d-alg");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public SecurityMechanism WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a security mechanism; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SecurityMechanism? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a security mechanism. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SecurityMechanism Parse(string text) => HeaderText.Parse<SecurityMechanism>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SecurityMechanism? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new SecurityMechanism(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Name + Parameters;
}
