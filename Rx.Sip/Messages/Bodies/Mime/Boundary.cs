using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Rx.Sip.Messages.Bodies.Mime;

/// <summary>Boundaries of multiparts (RFC 2046 §5.1.1).</summary>
internal static class Boundary
{
    public const int MaximumLength = 70;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ");

    /// <summary>Whether one may be written: received ones are looked at less closely.</summary>
    public static bool IsWritable(string boundary) =>
        boundary.Length is > 0 and <= MaximumLength && !boundary.AsSpan().ContainsAnyExcept(Allowed) && boundary[^1] != ' ';

    public static bool OccursIn(ImmutableArray<ContentDescription> parts, string boundary)
    {
        var delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        return parts.Any(part => part.Body.Span.IndexOf(delimiter) >= 0);
    }

    /// <summary>
    /// A boundary that does not occur in the parts. It is made from a digest of them, so the same parts always get the same one, and no
    /// one can write a part that holds its own; a second digest of the first follows if it occurs all the same.
    /// </summary>
    public static string For(ImmutableArray<ContentDescription> parts)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            digest.AppendData(part.Body.Span);
        var hash = digest.GetHashAndReset();
        string boundary;
        while (OccursIn(parts, boundary = "part-" + Convert.ToHexStringLower(hash.AsSpan(0, 12))))
            hash = SHA256.HashData(hash);
        return boundary;
    }
}
