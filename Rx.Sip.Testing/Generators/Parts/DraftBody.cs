namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>A body and its media type; no octets and an empty type where there is none.</summary>
internal sealed record DraftBody(string ContentType, string Octets)
{
    public static DraftBody None { get; } = new("", "");
}
