using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>One Identity: a signed assertion of who sends the request (RFC 8224 §4). It is read, not verified.</summary>
/// <param name="Digest">The PASSporT, in full or compact form.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record SignedIdentity(string Digest, SipParameters Parameters)
{
    /// <summary>Where the certificate is.</summary>
    public SipUri? Certificate => Parameters.Get("info") is ['<', .. var uri, '>'] && SipUri.TryParse(uri, out var certificate) ? certificate : null;

    /// <summary>The algorithm of the signature; null means ES256.</summary>
    public string? Algorithm => Parameters.Get("alg");

    /// <summary>The PASSporT's extension, without quotes.</summary>
    public string? PassportType => Parameters.Get("ppt");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public SignedIdentity WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads an Identity value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SignedIdentity? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads an Identity value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SignedIdentity Parse(string text) => HeaderText.Parse<SignedIdentity>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SignedIdentity? value)
    {
        value = HeaderText.TrySplit(text, out ReadOnlySpan<byte> digest, out var parameters) && IsDigest(digest)
            ? new SignedIdentity(Grammar.Text(digest), parameters)
            : null;
        return value?.Certificate is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Digest + Parameters;

    // The letters of base64 and the dots between the PASSporT's parts; the grammar leaves out the padding and the letters of base64url, its examples have them.
    private static bool IsDigest(ReadOnlySpan<byte> text)
    {
        foreach (var octet in text)
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'-' or (byte)'_' or (byte)'.' or (byte)'+' or (byte)'/' or (byte)'='))
                return false;
        return !text.IsEmpty;
    }
}
