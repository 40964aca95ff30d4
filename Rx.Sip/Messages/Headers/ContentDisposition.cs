using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Content-Disposition: what a body is for (RFC 3261 §20.11, RFC 2183, RFC 5621 §8).</summary>
/// <param name="Type"><c>session</c>, <c>render</c>, <c>attachment</c>, <c>early-session</c> …</param>
/// <param name="Parameters">All parameters.</param>
public sealed record ContentDisposition(string Type, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public ContentDisposition(string type) : this(type, SipParameters.Empty)
    {
    }

    /// <summary>Whether a recipient that can't make use of the body may leave it aside: <c>handling=optional</c>. Otherwise it answers 415.</summary>
    public bool IsOptional => string.Equals(Parameters.Get("handling"), "optional", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of the file, without quotes. It is the sender's word: never use it as a path.</summary>
    public string? FileName => Parameters.Get("filename");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public ContentDisposition WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a Content-Disposition value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ContentDisposition? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Content-Disposition value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static ContentDisposition Parse(string text) => HeaderText.Parse<ContentDisposition>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out ContentDisposition? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new ContentDisposition(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Type + Parameters;
}
