using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>The requests that go no further than the request they belong to, and so share its branch: ACK to a refusal and CANCEL.</summary>
internal static class HopByHop
{
    /// <summary>The ACK to a final response other than 2xx, RFC 3261 §17.1.1.3.</summary>
    public static SipRequest Acknowledge(SipRequest invite, SipResponse refusal) => Write(SipMethod.Ack, invite, refusal);

    /// <summary>The CANCEL of a request, RFC 3261 §9.1.</summary>
    public static SipRequest Cancel(SipRequest invite) => Write(SipMethod.Cancel, invite, invite);

    private static SipRequest Write(SipMethod method, SipRequest invite, SipMessage toOf)
    {
        var frame = invite.Frame;
        var builder = new MessageBuilder(stackalloc byte[1024], stackalloc HeaderSlot[32]);
        builder.StartRequest(method, invite.RequestUriOctets);
        Copy(ref builder, frame, HeaderId.Via, onlyFirst: true);
        builder.Header(HeaderId.MaxForwards, "70");
        Copy(ref builder, frame, HeaderId.Route, onlyFirst: false);
        Copy(ref builder, frame, HeaderId.From, onlyFirst: true);
        Copy(ref builder, toOf.Frame, HeaderId.To, onlyFirst: true);
        Copy(ref builder, frame, HeaderId.CallId, onlyFirst: true);
        builder.BeginHeader(HeaderId.CSeq);
        builder.Append(invite.CSeq?.Number ?? 0);
        builder.Append(" "u8);
        builder.Append(method.Name);
        builder.EndHeader();
        return builder.FinishRequest([]);
    }

    private static void Copy(ref MessageBuilder builder, MessageFrame frame, HeaderId id, bool onlyFirst)
    {
        for (var i = frame.IndexOf(id); i >= 0; i = onlyFirst ? -1 : frame.IndexOf(id, i + 1))
            builder.Copy(frame, frame.Slots[i]);
    }
}
