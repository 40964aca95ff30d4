using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>The headers without which a message can't be worked on (RFC 3261 §8.1.1, §8.2.2 and §7.3.1 for those allowed once).</summary>
internal static class MandatoryHeaders
{
    /// <summary>What is wrong, as the reason phrase of a 400; null when nothing is.</summary>
    public static string? DefectOf(SipMessage message)
    {
        var (from, to, callId, cseq, via) = (0, 0, 0, 0, 0);
        foreach (ref readonly var slot in message.Slots)
        {
            switch (slot.Id)
            {
                case HeaderId.From: from++; break;
                case HeaderId.To: to++; break;
                case HeaderId.CallId: callId++; break;
                case HeaderId.CSeq: cseq++; break;
                case HeaderId.Via: via++; break;
            }
        }
        if (via == 0)
            return "Missing Via";
        return Single(from, "Missing From", "More Than One From")
            ?? Single(to, "Missing To", "More Than One To")
            ?? Single(callId, "Missing Call-ID", "More Than One Call-ID")
            ?? Single(cseq, "Missing CSeq", "More Than One CSeq")
            ?? SequenceDefect(message);
    }

    private static string? Single(int count, string missing, string several) => count switch
    {
        0 => missing,
        1 => null,
        _ => several,
    };

    private static string? SequenceDefect(SipMessage message) =>
        !CSeq.TryRead(message.Frame, out var cseq) ? "Malformed CSeq"
        : message is SipRequest request && request.Method != cseq.Method ? "CSeq Names Another Method"
        : null;
}
