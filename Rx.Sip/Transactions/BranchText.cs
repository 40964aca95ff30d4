namespace Rx.Sip.Transactions;

/// <summary>64 random bits as a branch: the magic cookie (RFC 3261 §8.1.1.7) and five bits a character, so that a number is all that has to be kept.</summary>
internal static class BranchText
{
    /// <summary>Octets of a branch.</summary>
    public const int Length = 20;

    private const int Digits = 13;

    private static ReadOnlySpan<byte> Cookie => "z9hG4bK"u8;

    private static ReadOnlySpan<byte> Alphabet => "0123456789abcdefghijklmnopqrstuv"u8;

    public static void Write(Span<byte> text, ulong branch)
    {
        Cookie.CopyTo(text);
        for (var i = Length - 1; i >= Length - Digits; i--, branch >>= 5)
            text[i] = Alphabet[(int)(branch & 31)];
    }

    /// <summary>Reads what <see cref="Write"/> wrote; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong branch)
    {
        branch = 0;
        if (text.Length != Length || !text.StartsWith(Cookie))
            return false;
        foreach (var letter in text[Cookie.Length..])
        {
            var digit = letter switch
            {
                >= (byte)'0' and <= (byte)'9' => letter - '0',
                >= (byte)'a' and <= (byte)'v' => letter - 'a' + 10,
                _ => -1,
            };
            if (digit < 0 || branch >> 59 != 0)
                return false;
            branch = (branch << 5) | (uint)digit;
        }
        return true;
    }
}
