using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Event: what is subscribed to (RFC 6665 §8.2.1). Packages compare letter by letter.</summary>
/// <param name="Package">The event package, a template behind a dot included: <c>presence</c>, <c>presence.winfo</c>.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record SipEvent(string Package, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public SipEvent(string package) : this(package, SipParameters.Empty)
    {
    }

    /// <summary>The <c>id</c> that tells several subscriptions of one dialog apart (RFC 6665 §8.2.1).</summary>
    public string? Id => Parameters.Get("id");

    /// <summary>Whether both name the same subscription: package and id are the same (RFC 6665 §8.2.1); other parameters don't matter.</summary>
    public bool Matches(SipEvent other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Package == other.Package && Id == other.Id;
    }

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public SipEvent WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads an Event value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipEvent? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads an Event value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SipEvent Parse(string text) => HeaderText.Parse<SipEvent>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipEvent? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new SipEvent(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Package + Parameters;
}
