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
        var end = text.IndexOfAny((byte)' ', (byte)'\t');
        if (end <= 0 || !Grammar.TryNumber(text[..end], int.MaxValue, out var number)
            || !SipMethod.TryParse(Grammar.Trim(text[end..]), out var method))
            return false;
        cseq = new CSeq(number, method);
        return true;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{Number} {Method}";
}
