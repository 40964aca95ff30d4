using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;

namespace Rx.Sip.Tests.Transactions;

/// <summary>Messages and events that machines and layers are given.</summary>
internal static class Given
{
    public static SipRequest Request(SipMethod method, string uri = "sip:bob@192.0.2.2", string callId = "call-1") =>
        SipRequest.Create(method, SipUri.Parse(uri), NameAddress.Parse("<sip:alice@192.0.2.1>;tag=a1"), NameAddress.Parse("<sip:bob@192.0.2.2>"), callId, 1);

    public static SipRequest Message { get; } = Request(SipMethod.Message);

    public static SipRequest Invite { get; } = Request(SipMethod.Invite);

    public static SipResponse Response(int status) => SipResponse.For(Invite, status, null, "b1");

    public static TransactionEvent Event(int status) => TransactionEvent.Of(Response(status));

    public static TransactionEvent Event(TransactionEventKind kind) => new(kind);

    public static IPEndPoint EndPoint(string text) => IPEndPoint.Parse(text);

    /// <summary>Every event there is, with each kind of response and each timer.</summary>
    public static IReadOnlyList<TransactionEvent> Events { get; } =
    [
        Event(TransactionEventKind.Started), Event(100), Event(180), Event(200), Event(302), Event(486), Event(603),
        Event(TransactionEventKind.Retransmission), TransactionEvent.Acknowledgement(Request(SipMethod.Ack)),
        Event(TransactionEventKind.TransportFailed), Event(TransactionEventKind.Abandoned),
        .. Enum.GetValues<TimerId>().Where(timer => timer != TimerId.None).Select(TransactionEvent.Fired),
    ];
}
