using System.Collections.Immutable;
using System.Text;

namespace Rx.Sip.Messages.Bodies;

/// <summary>Reads and changes the header fields of a content.</summary>
internal static class ContentFields
{
    /// <summary>A field that reads back as itself: its name is a token, its value is one line without white space around it.</summary>
    public static SipHeader Checked(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!Grammar.IsToken(Encoding.UTF8.GetBytes(name)))
            throw new ArgumentException($"'{name}' is not a header name.", nameof(name));
        return new SipHeader(name, BodyText.Trimmed(value, nameof(value)));
    }

    public static ImmutableArray<SipHeader> Set(ImmutableArray<SipHeader> headers, SipHeader header)
    {
        for (var i = 0; i < headers.Length; i++)
            if (IsNamed(headers[i], header.Name))
                return headers.SetItem(i, header);
        return headers.Add(header);
    }

    public static ImmutableArray<SipHeader> Remove(ImmutableArray<SipHeader> headers, string name) =>
        headers.RemoveAll(header => IsNamed(header, name));

    public static bool Same(ImmutableArray<SipHeader> left, ImmutableArray<SipHeader> right)
    {
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
            if (!IsNamed(left[i], right[i].Name) || left[i].Value != right[i].Value)
                return false;
        return true;
    }

    public static string Text(ContentDescription content)
    {
        var octets = content.TryDecode(out var decoded) ? decoded : content.Body;
        var isLatin = string.Equals(content.ContentType.Parameters.Get("charset"), "iso-8859-1", StringComparison.OrdinalIgnoreCase);
        return (isLatin ? Encoding.Latin1 : Encoding.UTF8).GetString(octets.Span);
    }

    /// <summary>The Content-ID that a <c>cid:</c> URL names, escapes taken off (RFC 2392 §2), or that is given with or without its brackets.</summary>
    public static string IdOf(string contentId)
    {
        ArgumentNullException.ThrowIfNull(contentId);
        return contentId.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)
            ? Uri.UnescapeDataString(contentId[4..])
            : contentId.TrimStart('<').TrimEnd('>');
    }

    private static bool IsNamed(SipHeader header, string name) => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase);
}
