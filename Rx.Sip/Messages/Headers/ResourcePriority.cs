using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>One value of Resource-Priority or Accept-Resource-Priority: <c>dsn.flash</c> (RFC 4412 §3.1).</summary>
/// <param name="Namespace">Whose priorities they are.</param>
/// <param name="Priority">The priority in it.</param>
public sealed record ResourcePriority(string Namespace, string Priority)
{
    /// <summary>Reads a resource priority; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ResourcePriority? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a resource priority. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static ResourcePriority Parse(string text) => HeaderText.Parse<ResourcePriority>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out ResourcePriority? value)
    {
        var dot = text.IndexOf((byte)'.');
        value = dot > 0 && Grammar.IsToken(text[..dot]) && Grammar.IsToken(text[(dot + 1)..]) && !text[(dot + 1)..].Contains((byte)'.')
            ? new ResourcePriority(Grammar.Text(text[..dot]), Grammar.Text(text[(dot + 1)..]))
            : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{Namespace}.{Priority}";
}
