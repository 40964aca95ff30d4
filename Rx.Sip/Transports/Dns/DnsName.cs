using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rx.Sip.Transports.Dns;

/// <summary>
/// Domain names (RFC 1035 §3.1): as text in lower case without the last dot, the root as nothing at all, and on the wire as labels.
/// </summary>
internal static class DnsName
{
    public const string Root = "";

    private const int MaxLabel = 63;
    // On the wire 255 octets (RFC 1035 §2.3.4), the root's included.
    private const int MaxText = 253;
    private const int PointerMark = 0xC0;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>A host as a name that can be asked for; false for what is none.</summary>
    public static bool TryNormalize(string host, [NotNullWhen(true)] out string? name)
    {
        name = (host is [.. var relative, '.'] ? relative : host).ToLowerInvariant();
        if (IsWritable(name))
            return true;
        name = null;
        return false;
    }

    /// <summary>The name of a host below a domain, either of which may be the root.</summary>
    public static string Join(string host, string domain) => domain.Length == 0 ? host : host.Length == 0 ? domain : $"{host}.{domain}";

    /// <summary>How many dots are in a name.</summary>
    public static int Dots(string name) => name.AsSpan().Count('.');

    /// <summary>Writes labels, none of them compressed. The name must be <see cref="TryNormalize">normal</see> or the root.</summary>
    public static void Write(string name, IBufferWriter<byte> octets)
    {
        if (name.Length > 0 && !IsWritable(name))
            throw new ArgumentException($"'{name}' is not a domain name.", nameof(name));
        foreach (var label in name.Length == 0 ? [] : name.Split('.'))
        {
            octets.Write([(byte)label.Length]);
            octets.Write(Encoding.ASCII.GetBytes(label));
        }
        octets.Write("\0"u8);
    }

    /// <summary>
    /// Reads a name of a message. Pointers lead backwards only, and the whole has at most 255 octets, so that reading ends.
    /// Octets that no host's name has become escapes, <c>\ddd</c>.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int offset, [NotNullWhen(true)] out string? name)
    {
        name = null;
        var text = new StringBuilder(64);
        var (at, lowest, length) = (offset, offset, 1);
        var hasJumped = false;
        while (at < message.Length && message[at] is not 0 and var size)
        {
            if ((size & PointerMark) == PointerMark)
            {
                if (at + 1 >= message.Length || (((size & 0x3F) << 8) | message[at + 1]) is var target && target >= lowest)
                    return false;
                offset = hasJumped ? offset : at + 2;
                (at, lowest, hasJumped) = (target, target, true);
                continue;
            }
            length += size + 1;
            if (size > MaxLabel || length > 255 || at + size >= message.Length)
                return false;
            Append(text, message.Slice(at + 1, size));
            at += size + 1;
        }
        if (at >= message.Length)
            return false;
        offset = hasJumped ? offset : at + 1;
        name = text.ToString();
        return true;
    }

    private static void Append(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
            text.Append('.');
        foreach (var octet in label)
        {
            var letter = char.ToLowerInvariant((char)octet);
            if (Letters.Contains(letter))
                text.Append(letter);
            else
                text.Append('\\').Append(octet.ToString("D3", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static bool IsWritable(string name)
    {
        if (name.Length is 0 or > MaxText)
            return false;
        foreach (var range in name.AsSpan().Split('.'))
            if (name.AsSpan(range) is var label && (label.Length is 0 or > MaxLabel || label.ContainsAnyExcept(Letters)))
                return false;
        return true;
    }
}
