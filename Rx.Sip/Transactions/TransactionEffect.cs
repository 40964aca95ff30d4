using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>Something a driver has to do.</summary>
/// <param name="Kind">What.</param>
/// <param name="Timer">The timer to start.</param>
/// <param name="After">How long it runs.</param>
/// <param name="Message">The response, or the ACK, it is about.</param>
/// <param name="Status">The status to fail with.</param>
internal readonly record struct TransactionEffect(
    TransactionEffectKind Kind, TimerId Timer = TimerId.None, TimeSpan After = default, SipMessage? Message = null, int Status = 0)
{
    /// <summary>The response of an effect that is about one.</summary>
    internal SipResponse Response => (SipResponse)Message!;

    public static TransactionEffect Transmit { get; } = new(TransactionEffectKind.Transmit);

    public static TransactionEffect Repeat { get; } = new(TransactionEffectKind.Repeat);

    public static TransactionEffect Try { get; } = new(TransactionEffectKind.Try);

    public static TransactionEffect Cancel { get; } = new(TransactionEffectKind.Cancel);

    public static TransactionEffect GiveUp { get; } = new(TransactionEffectKind.GiveUp);

    public static TransactionEffect Stop { get; } = new(TransactionEffectKind.Stop);

    public static TransactionEffect Send(SipResponse response) => new(TransactionEffectKind.Transmit, Message: response);

    public static TransactionEffect Acknowledge(SipResponse response) => new(TransactionEffectKind.Acknowledge, Message: response);

    public static TransactionEffect Deliver(SipResponse response) => new(TransactionEffectKind.Deliver, Message: response);

    public static TransactionEffect PassUp(SipMessage message) => new(TransactionEffectKind.PassUp, Message: message);

    public static TransactionEffect Fail(int status) => new(TransactionEffectKind.Fail, Status: status);

    public static TransactionEffect Start(TimerId timer, TimeSpan after) => new(TransactionEffectKind.Start, timer, after);
}
