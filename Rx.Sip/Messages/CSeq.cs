namespace Rx.Sip.Messages;

/// <summary>CSeq: a sequence number and the method it counts (RFC 3261 §20.16).</summary>
/// <param name="Number">The sequence number, below 2^31.</param>
/// <param name="Method">The method.</param>
public readonly record struct CSeq(uint Number, SipMethod Method)
{
    internal static bool TryRead(MessageFrame frame, out CSeq cseq)
    {
        cseq = default;
        return frame.TryFind(HeaderId.CSeq, out var value) && TryRead(value, out cseq);
    }

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
        var end = text.IndexOfAny((byte)' ', (byte)'\t');
        method = end < 0 ? default : Grammar.Trim(text[end..]);
        number = 0;
        return end > 0 && Grammar.TryNumber(text[..end], int.MaxValue, out number) && Grammar.IsToken(method);
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{Number} {Method}";
}
