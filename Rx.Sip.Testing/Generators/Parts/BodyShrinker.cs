namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Simpler bodies of the same media type: a multipart loses parts and stays one, SDP its optional lines, anything else lines and octets.</summary>
internal static class BodyShrinker
{
    private const string Boundary = "boundary=";

    // What a session description begins with and can't do without (RFC 8866 §5).
    private const string NeededOfSdp = "vost";

    public static IEnumerable<string> Shrink(string contentType, string body)
    {
        var media = contentType.Split(';')[0].Trim();
        if (media.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            return Parts(body, contentType);
        if (Octets.Same(media, "application/sdp"))
            return Lines(body, line => line.Length > 0 && !NeededOfSdp.Contains(line[0], StringComparison.Ordinal));
        if (Octets.Same(media, "message/cpim") || media.EndsWith("xml", StringComparison.OrdinalIgnoreCase))
            return [];
        return Lines(body, _ => true).Concat(Halves(body));
    }

    private static IEnumerable<string> Parts(string body, string contentType)
    {
        var start = contentType.IndexOf(Boundary, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            yield break;
        var delimiter = $"--{contentType[(start + Boundary.Length)..].Split(';')[0].Trim().Trim('"')}";
        // The preamble, the parts, and what is behind the closing delimiter.
        var parts = body.Split(delimiter);
        for (var i = 1; parts.Length > 3 && i < parts.Length - 1; i++)
            yield return string.Join(delimiter, parts.Where((_, index) => index != i));
    }

    private static IEnumerable<string> Lines(string body, Func<string, bool> mayGo)
    {
        var lines = body.Split("\r\n");
        for (var i = 0; lines.Length > 1 && i < lines.Length; i++)
            if (mayGo(lines[i]))
                yield return string.Join("\r\n", lines.Where((_, index) => index != i));
    }

    private static IEnumerable<string> Halves(string body)
    {
        for (var length = body.Length / 2; length > 0; length /= 2)
        {
            // Half a letter of UTF-8 is none.
            var end = length;
            while (end > 0 && (body[end] & 0xC0) == 0x80)
                end--;
            if (end > 0)
                yield return body[..end];
        }
    }
}
