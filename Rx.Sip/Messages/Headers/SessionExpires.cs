using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Session-Expires: how long a session lives without a refresh (RFC 4028 §4).</summary>
/// <param name="Interval">The time, in whole seconds: fractions are rounded up.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record SessionExpires(TimeSpan Interval, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public SessionExpires(TimeSpan interval) : this(interval, SipParameters.Empty)
    {
    }

    /// <summary>The time, in whole seconds: fractions are rounded up.</summary>
    public TimeSpan Interval { get; init => field = Shapes.Whole(value); } = Shapes.Whole(Interval);

    /// <summary>Who refreshes: <c>uac</c> or <c>uas</c>; null when that is not agreed yet.</summary>
    public string? Refresher => Parameters.Get("refresher");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public SessionExpires WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a Session-Expires value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SessionExpires? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Session-Expires value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SessionExpires Parse(string text) => HeaderText.Parse<SessionExpires>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SessionExpires? value)
    {
        value = HeaderText.TrySplit(text, out ReadOnlySpan<byte> number, out var parameters) && Shapes.TrySeconds(number, out var seconds)
            ? new SessionExpires(seconds, parameters)
            : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Shapes.Seconds(Interval) + Parameters;
}
