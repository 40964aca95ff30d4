using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>CSeq: a sequence number and the method it counts (RFC 3261 §20.16).</summary>
/// <param name="Number">The sequence number, below 2^31.</param>
/// <param name="Method">The method.</param>
public readonly record struct CSeq(uint Number, SipMethod Method)
{
    /// <summary>Reads a CSeq value; false when the text is none.</summary>
    public static bool TryParse(string? text, out CSeq value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a CSeq value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static CSeq Parse(string text) => HeaderText.Parse<CSeq>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, out CSeq cseq)
    {
        cseq = default;
        if (!TrySplit(text, out var number, out var name) || !SipMethod.TryParse(name, out var method))
            return false;
        cseq = new CSeq(number, method);
        return true;
    }

    /// <summary>Number and method without making text of the method.</summary>
    internal static bool TrySplit(ReadOnlySpan<byte> text, out uint number, out ReadOnlySpan<byte> method)
    {
        var end = 0;
        while (end < text.Length && !Grammar.IsWhite(text[end]))
            end++;
        method = Grammar.Trim(text[end..]);
        number = 0;
        return Grammar.TryNumber(text[..end], int.MaxValue, out number) && Grammar.IsToken(method);
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{Number} {Method}";
}
