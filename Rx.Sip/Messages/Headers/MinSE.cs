using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Min-SE: the shortest interval between refreshes of a session that is agreed to (RFC 4028 §5).</summary>
/// <param name="Interval">The time, in whole seconds: fractions are rounded up.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record MinSE(TimeSpan Interval, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public MinSE(TimeSpan interval) : this(interval, SipParameters.Empty)
    {
    }

    /// <summary>The time, in whole seconds: fractions are rounded up.</summary>
    public TimeSpan Interval { get; init => field = Shapes.Whole(value); } = Shapes.Whole(Interval);

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public MinSE WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a Min-SE value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MinSE? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Min-SE value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static MinSE Parse(string text) => HeaderText.Parse<MinSE>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MinSE? value)
    {
        value = HeaderText.TrySplit(text, out ReadOnlySpan<byte> number, out var parameters) && Shapes.TrySeconds(number, out var seconds)
            ? new MinSE(seconds, parameters)
            : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Shapes.Seconds(Interval) + Parameters;
}
