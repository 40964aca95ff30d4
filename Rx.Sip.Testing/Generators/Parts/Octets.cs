using System.Text;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Drafts of messages are strings of octets, one character each, so that they hold whatever a message can hold and can be cut like text.</summary>
internal static class Octets
{
    public static string OfText(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> octets) => Encoding.Latin1.GetString(octets);

    public static byte[] ToArray(string octets) => Encoding.Latin1.GetBytes(octets);

    /// <summary>The octets as UTF-8 text.</summary>
    public static string ToText(string octets) => Encoding.UTF8.GetString(ToArray(octets));

    public static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
