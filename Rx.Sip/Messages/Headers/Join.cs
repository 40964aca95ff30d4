using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Join: the dialog whose conversation this session joins (RFC 3911 §7.1). Without both tags it can't be read.</summary>
/// <param name="CallId">The Call-ID of the dialog.</param>
/// <param name="Parameters">All parameters, the tags among them.</param>
public sealed record Join(string CallId, SipParameters Parameters)
{
    /// <summary>The value for a Call-ID and two tags.</summary>
    public Join(string callId, string toTag, string fromTag)
        : this(callId, SipParameters.Empty.With("to-tag", toTag).With("from-tag", fromTag))
    {
    }

    /// <summary>The tag of who receives the header.</summary>
    public string? ToTag => Parameters.Get("to-tag");

    /// <summary>The tag of the other party.</summary>
    public string? FromTag => Parameters.Get("from-tag");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public Join WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a Join value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Join? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Join value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static Join Parse(string text) => HeaderText.Parse<Join>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Join? value)
    {
        value = HeaderText.TrySplitCallId(text, out var callId, out var parameters) ? new Join(callId, parameters) : null;
        return value is { ToTag.Length: > 0, FromTag.Length: > 0 };
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => CallId + Parameters;
}
