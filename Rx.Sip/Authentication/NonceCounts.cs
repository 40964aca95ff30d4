using System.Globalization;

namespace Rx.Sip.Authentication;

/// <summary>
/// Counts the uses of every nonce. A server may hand the same nonce to us twice, in a 401 and a 407 of the same second for
/// example; the count goes on then, so that no request looks like a replay of another (RFC 7616 §3.4). Safe from any thread.
/// </summary>
internal sealed class NonceCounts
{
    /// <summary>More than live at a time; one that has not been used for longer counts from 1 again if it comes back.</summary>
    public const int Capacity = 8;

    // The one used last is the last. Nonces are long and there may be very many endpoints: a hash will do, for who makes two of the same hash is
    // a server that has the counts of one go on with the other.
    private (ulong Nonce, uint Used)[] _uses = [];

    /// <summary>How many are known.</summary>
    public int Count => Volatile.Read(ref _uses).Length;

    /// <summary>The next count of a nonce, eight hexadecimal digits.</summary>
    public string Next(string nonce)
    {
        var hash = HashOf(nonce);
        uint used;
        // Never seen outside of this library, and one object less for every endpoint.
        lock (this)
            used = Use(hash);
        return used.ToString("x8", CultureInfo.InvariantCulture);
    }

    private uint Use(ulong nonce)
    {
        var uses = _uses;
        var index = Array.FindIndex(uses, use => use.Nonce == nonce);
        var used = index < 0 ? 1 : uses[index].Used + 1;
        var first = index >= 0 ? index : uses.Length < Capacity ? uses.Length : 0;
        if (first == uses.Length)
            Array.Resize(ref uses, uses.Length + 1);
        else
            Array.Copy(uses, first + 1, uses, first, uses.Length - first - 1);
        uses[^1] = (nonce, used);
        Volatile.Write(ref _uses, uses);
        return used;
    }

    // FNV-1a, 64 bits.
    private static ulong HashOf(string nonce)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in nonce)
            hash = unchecked((hash ^ letter) * 0x100000001B3);
        return hash;
    }
}
