using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Rx.Sip.Authentication;

/// <summary>An <c>algorithm</c> of Digest (RFC 7616 §3.3).</summary>
/// <param name="Hash">The hash function.</param>
/// <param name="IsSession">Whether it is the <c>-sess</c> variant.</param>
internal readonly record struct DigestAlgorithm(DigestHash Hash, bool IsSession)
{
    /// <summary>
    /// What decides between several challenges of a realm. Both SHA-2 functions are equally strong, so between them the
    /// server's order counts (RFC 8760 §2.4).
    /// </summary>
    public int Strength => Hash == DigestHash.Md5 ? 1 : 2;

    /// <summary>The name as registered.</summary>
    public string Name => (Hash switch { DigestHash.Md5 => "MD5", DigestHash.Sha256 => "SHA-256", _ => "SHA-512-256" }) + (IsSession ? "-sess" : "");

    private int Size => Hash == DigestHash.Md5 ? MD5.HashSizeInBytes : SHA256.HashSizeInBytes;

    /// <summary>Reads the parameter's value; its absence means MD5. False for algorithms that are unknown here.</summary>
    public static bool TryParse(string? name, out DigestAlgorithm algorithm)
    {
        const string suffix = "-sess";
        var isSession = name?.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ?? false;
        DigestHash? hash = (isSession ? name![..^suffix.Length] : name)?.ToUpperInvariant() switch
        {
            null or "MD5" => DigestHash.Md5,
            "SHA-256" => DigestHash.Sha256,
            "SHA-512-256" => DigestHash.Sha512Over256,
            _ => null,
        };
        algorithm = new DigestAlgorithm(hash ?? default, isSession);
        return hash is not null;
    }

    /// <summary>The hash of the parts with colons between them, in UTF-8, as lower-case hexadecimal digits.</summary>
    public string Of(params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
            size += Encoding.UTF8.GetMaxByteCount(part.Length) + 1;
        var rented = size > 512 ? ArrayPool<byte>.Shared.Rent(size) : null;
        var text = rented ?? stackalloc byte[512];
        var length = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
                text[length++] = (byte)':';
            length += Encoding.UTF8.GetBytes(parts[i], text[length..]);
        }
        var hash = Of(text[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return hash;
    }

    /// <summary>The hash of octets as lower-case hexadecimal digits.</summary>
    public string Of(ReadOnlySpan<byte> octets)
    {
        Span<byte> hash = stackalloc byte[Size];
        switch (Hash)
        {
            case DigestHash.Md5:
                MD5.HashData(octets, hash);
                break;
            case DigestHash.Sha256:
                SHA256.HashData(octets, hash);
                break;
            default:
                Sha512Over256.HashData(octets, hash);
                break;
        }
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The name as registered.</summary>
    public override string ToString() => Name;
}
