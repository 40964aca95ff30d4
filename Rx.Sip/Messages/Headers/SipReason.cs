using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rx.Sip.Messages.Headers;

/// <summary>One Reason: why a request was sent (RFC 3326 §2).</summary>
/// <param name="Protocol">Whose cause it is: <c>SIP</c>, <c>Q.850</c>, <c>Preemption</c>.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record SipReason(string Protocol, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public SipReason(string protocol) : this(protocol, SipParameters.Empty)
    {
    }

    /// <summary>A reason with its cause, and its text if that is not null.</summary>
    public SipReason(string protocol, int cause, string? text) : this(protocol, SipParameters.Empty.With("cause", cause.ToString(CultureInfo.InvariantCulture)))
    {
        if (text is not null)
            Parameters = Parameters.With("text", Grammar.Quote(text));
    }

    /// <summary>The cause: of SIP a status code.</summary>
    public int? Cause => Parameters.Count("cause");

    /// <summary>The text for people, without quotes.</summary>
    public string? Text => Parameters.Get("text");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public SipReason WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a Reason value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipReason? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Reason value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SipReason Parse(string text) => HeaderText.Parse<SipReason>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipReason? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new SipReason(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Protocol + Parameters;
}
