using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Rx.Sip.Runtime;

namespace Rx.Sip.Authentication;

/// <summary>
/// Makes nonces that carry the time of their making and a seal over it, so that a server need not remember the ones it handed
/// out: a flood of unauthenticated requests costs no memory (RFC 7616 §5.4 has the idea).
/// </summary>
internal sealed class NonceMint
{
    private const int TimeSize = sizeof(long);
    private const int SaltSize = sizeof(ulong);
    private const int SealSize = 14; // 30 octets in all, so that the text needs no padding

    private readonly SipIdentifiers _identifiers;
    private readonly byte[] _key = new byte[32];

    public NonceMint(SipIdentifiers identifiers)
    {
        _identifiers = identifiers;
        for (var i = 0; i < _key.Length; i += sizeof(ulong))
            BinaryPrimitives.WriteUInt64BigEndian(_key.AsSpan(i), identifiers.Next());
    }

    /// <summary>A new nonce.</summary>
    public string Make(DateTimeOffset now)
    {
        Span<byte> nonce = stackalloc byte[TimeSize + SaltSize + SealSize];
        BinaryPrimitives.WriteInt64BigEndian(nonce, now.UtcTicks);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[TimeSize..], _identifiers.Next());
        Seal(nonce);
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>When a nonce was made; false when it is none of ours.</summary>
    public bool TryRead(string nonce, out DateTimeOffset made)
    {
        made = default;
        Span<byte> octets = stackalloc byte[TimeSize + SaltSize + SealSize];
        Span<byte> check = stackalloc byte[TimeSize + SaltSize + SealSize];
        if (nonce.Length != Base64Url.GetEncodedLength(octets.Length)
            || !Base64Url.TryDecodeFromChars(nonce, octets, out var length) || length != octets.Length)
            return false;
        octets.CopyTo(check);
        Seal(check);
        if (!CryptographicOperations.FixedTimeEquals(octets, check))
            return false;
        made = new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(octets), TimeSpan.Zero);
        return true;
    }

    private void Seal(Span<byte> nonce)
    {
        Span<byte> seal = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, nonce[..(TimeSize + SaltSize)], seal);
        seal[..SealSize].CopyTo(nonce[(TimeSize + SaltSize)..]);
    }
}
