using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Target-Dialog: the dialog that authorises a request outside it (RFC 4538 §7). Without both tags it can't be read.</summary>
/// <param name="CallId">The Call-ID of the dialog.</param>
/// <param name="Parameters">All parameters, the tags among them.</param>
public sealed record TargetDialog(string CallId, SipParameters Parameters)
{
    /// <summary>The value for a Call-ID and two tags.</summary>
    public TargetDialog(string callId, string localTag, string remoteTag)
        : this(callId, SipParameters.Empty.With("local-tag", localTag).With("remote-tag", remoteTag))
    {
    }

    /// <summary>The tag of who receives the header.</summary>
    public string? LocalTag => Parameters.Get("local-tag");

    /// <summary>The tag of the other party of that dialog, as who receives the header sees it.</summary>
    public string? RemoteTag => Parameters.Get("remote-tag");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public TargetDialog WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a Target-Dialog value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TargetDialog? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Target-Dialog value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static TargetDialog Parse(string text) => HeaderText.Parse<TargetDialog>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out TargetDialog? value)
    {
        value = HeaderText.TrySplitCallId(text, out var callId, out var parameters) ? new TargetDialog(callId, parameters) : null;
        return value is { LocalTag.Length: > 0, RemoteTag.Length: > 0 };
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => CallId + Parameters;
}
