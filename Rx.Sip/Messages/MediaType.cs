using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>A media type with its parameters, as in Content-Type (RFC 3261 §20.15). Names are in lower case.</summary>
/// <param name="Type">The type, for example <c>text</c>.</param>
/// <param name="Subtype">The subtype, for example <c>plain</c>.</param>
/// <param name="Parameters">The parameters, for example <c>charset</c>.</param>
public sealed record MediaType(string Type, string Subtype, SipParameters Parameters)
{
    /// <summary><c>type/subtype</c>.</summary>
    public string Name => $"{Type}/{Subtype}";

    /// <summary>Whether this is that type, parameters aside: <c>Is("text/plain")</c>.</summary>
    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>How much a type of Accept is wanted, from 0, not at all, to 1 (RFC 3261 §20.1).</summary>
    public double Quality => Parameters.Quality();

    /// <summary>Whether a body of that type falls under this one, as an Accept has it: <c>*/*</c> and <c>text/*</c> cover several. Parameters aside.</summary>
    public bool Covers(MediaType other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Type == "*" && Subtype == "*") || (Same(Type, other.Type) && (Subtype == "*" || Same(Subtype, other.Subtype)));
    }

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public MediaType WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a media type; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MediaType? mediaType) => HeaderText.TryParse(text, TryRead, out mediaType);

    /// <summary>Reads a media type. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static MediaType Parse(string text) => HeaderText.Parse<MediaType>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MediaType? mediaType)
    {
        mediaType = null;
        if (!HeaderText.TrySplit(text, out ReadOnlySpan<byte> name, out var parameters) || name.IndexOf((byte)'/') is not (>= 0 and var slash))
            return false;
        var type = Grammar.Trim(name[..slash]);
        var subtype = Grammar.Trim(name[(slash + 1)..]);
        if (!Grammar.IsToken(type) || !Grammar.IsToken(subtype))
            return false;
        mediaType = new MediaType(Grammar.Text(type).ToLowerInvariant(), Grammar.Text(subtype).ToLowerInvariant(), parameters);
        return true;
    }

    /// <summary>Types compare without case.</summary>
    public bool Equals(MediaType? other) =>
        other is not null && Same(Type, other.Type) && Same(Subtype, other.Subtype) && Parameters.Equals(other.Parameters);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Type), StringComparer.OrdinalIgnoreCase.GetHashCode(Subtype));

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Name + Parameters;

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
