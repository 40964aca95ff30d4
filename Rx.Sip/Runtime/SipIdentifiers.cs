using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Rx.Sip.Runtime;

/// <summary>
/// The one source of randomness: branches, tags, Call-IDs, client nonces, jitter. Seeded it gives the same sequence each
/// time, for tests; unseeded it draws from the system's cryptographic generator (RFC 3261 §19.3). Safe from any thread.
/// </summary>
public sealed class SipIdentifiers
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";

    private readonly Lock _gate = new();
    private readonly byte[]? _pool;
    private int _used;
    private ulong _state;

    /// <summary>Unpredictable identifiers.</summary>
    public SipIdentifiers()
    {
        _pool = new byte[1024];
        _used = _pool.Length;
    }

    /// <summary>The same identifiers for the same seed. Never for anything but tests: they can be foretold.</summary>
    public SipIdentifiers(long seed) => _state = (ulong)seed;

    /// <summary>A branch with the magic cookie, 80 random bits (RFC 3261 §8.1.1.7).</summary>
    public string Branch() => string.Concat("z9hG4bK", Text(16));

    /// <summary>A tag of From or To, 60 random bits (RFC 3261 §19.3).</summary>
    public string Tag() => Text(12);

    /// <summary>A Call-ID, 120 random bits and no host (RFC 3261 §8.1.1.4).</summary>
    public string CallId() => Text(24);

    /// <summary>A client nonce of Digest, 80 random bits (RFC 7616 §3.4).</summary>
    public string ClientNonce() => Text(16);

    /// <summary>Lower-case text of five random bits a character.</summary>
    public string Text(int length) => string.Create(length, this, static (text, source) =>
    {
        var (bits, left) = (0UL, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (left < 5)
                (bits, left) = (source.Next(), 64);
            text[i] = Alphabet[(int)(bits & 31)];
            (bits, left) = (bits >> 5, left - 5);
        }
    });

    /// <summary>How many letters one draw of <see cref="Next"/> makes.</summary>
    internal const int LettersOfDraw = 12;

    /// <summary>The letters of a draw, as <see cref="Text"/> has them, without making text of them.</summary>
    internal static void Write(ulong draw, Span<byte> letters)
    {
        for (var i = 0; i < LettersOfDraw; i++)
            (letters[i], draw) = ((byte)Alphabet[(int)(draw & 31)], draw >> 5);
    }

    /// <summary>The letters of a draw as text.</summary>
    internal static string TextOf(ulong draw) => string.Create(LettersOfDraw, draw, static (text, bits) =>
    {
        Span<byte> letters = stackalloc byte[LettersOfDraw];
        Write(bits, letters);
        for (var i = 0; i < letters.Length; i++)
            text[i] = (char)letters[i];
    });

    /// <summary>A number from 0 up to but not including 1, evenly spread: what jitter is made of.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A generator of its own for another part, so that how often one part draws does not change what another gets.</summary>
    public SipIdentifiers Fork() => _pool is null ? new SipIdentifiers((long)Next()) : new SipIdentifiers();

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        lock (_gate)
            return _pool is null ? NextSeeded() : NextUnpredictable(_pool);
    }

    private ulong NextUnpredictable(byte[] pool)
    {
        if (_used == pool.Length)
        {
            RandomNumberGenerator.Fill(pool);
            _used = 0;
        }
        var bits = BinaryPrimitives.ReadUInt64LittleEndian(pool.AsSpan(_used));
        _used += sizeof(ulong);
        return bits;
    }

    // A counter through a mixing function: short, full period, good enough for tests.
    private ulong NextSeeded()
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ BitOperations.RotateRight(bits, 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
