using System.Runtime.InteropServices;

namespace Rx.Sip.Transactions;

/// <summary>
/// Compares keys that peers choose. The hash is the runtime's keyed one for text, so that nobody outside can make keys that
/// collide; a key can be looked up as a span before there is an array of it.
/// </summary>
internal sealed class ServerKeyComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var pairs = string.GetHashCode(MemoryMarshal.Cast<byte, char>(alternate));
        return alternate.Length % 2 == 0 ? pairs : pairs * 31 + alternate[^1];
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
