using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Replaces: the dialog whose place this session takes (RFC 3891 §6.1). Without both tags it can't be read.</summary>
/// <param name="CallId">The Call-ID of the dialog.</param>
/// <param name="Parameters">All parameters, the tags among them.</param>
public sealed record Replaces(string CallId, SipParameters Parameters)
{
    /// <summary>The value for a Call-ID and two tags.</summary>
    public Replaces(string callId, string toTag, string fromTag)
        : this(callId, SipParameters.Empty.With("to-tag", toTag).With("from-tag", fromTag))
    {
    }

    /// <summary>The tag of who receives the header.</summary>
    public string? ToTag => Parameters.Get("to-tag");

    /// <summary>The tag of the other party.</summary>
    public string? FromTag => Parameters.Get("from-tag");

    /// <summary>Whether the dialog is to be replaced only while it is early.</summary>
    public bool IsEarlyOnly => Parameters.Contains("early-only");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public Replaces WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a Replaces value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Replaces? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Replaces value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static Replaces Parse(string text) => HeaderText.Parse<Replaces>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Replaces? value)
    {
        value = HeaderText.TrySplitCallId(text, out var callId, out var parameters) ? new Replaces(callId, parameters) : null;
        return value is { ToTag.Length: > 0, FromTag.Length: > 0 };
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => CallId + Parameters;
}
