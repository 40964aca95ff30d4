using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>An event and what it brings with it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Timer">The timer that fired.</param>
/// <param name="Message">The response that came or that the user gave, or the ACK that came.</param>
internal readonly record struct TransactionEvent(TransactionEventKind Kind, TimerId Timer = TimerId.None, SipMessage? Message = null)
{
    public static TransactionEvent Fired(TimerId timer) => new(TransactionEventKind.Fired, timer);

    public static TransactionEvent Of(SipResponse response) => new(KindOf(response.StatusCode), Message: response);

    public static TransactionEvent Acknowledgement(SipRequest ack) => new(TransactionEventKind.Acknowledgement, Message: ack);

    /// <summary>The response of an event that brings one.</summary>
    internal SipResponse Response => (SipResponse)Message!;

    private static TransactionEventKind KindOf(int status) => status switch
    {
        < 200 => TransactionEventKind.Provisional,
        < 300 => TransactionEventKind.Success,
        _ => TransactionEventKind.Refusal,
    };
}
