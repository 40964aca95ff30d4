using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using static Rx.Sip.Transactions.NonInviteClientState;
using static Rx.Sip.Transactions.TransactionEffect;
using static Rx.Sip.Transactions.TransactionEventKind;

namespace Rx.Sip.Transactions;

/// <summary>
/// Non-INVITE client transaction, RFC 3261 §17.1.2.2 (figure 6). Pure: no clock, no socket. Retransmission goes on at T2 while
/// Proceeding, for the response may be lost as easily as the request.
/// </summary>
internal readonly record struct NonInviteClient(NonInviteClientState State, bool IsReliable, TimeSpan Retry, SipTimers Timers)
    : ITransactionMachine<NonInviteClient>
{
    public NonInviteClient(bool isReliable, SipTimers timers) : this(Trying, isReliable, timers.T1, timers)
    {
    }

    public Step<NonInviteClient, TransactionEffect> On(TransactionEvent input) => (State, input.Kind, input.Timer) switch
    {
        (Trying, Started, _) when IsReliable => Go(Trying, Transmit, Start(TimerId.F, Timers.Timeout)),
        (Trying, Started, _) => Go(Trying, Transmit, Start(TimerId.F, Timers.Timeout), Start(TimerId.E, Retry)),
        (Trying, Fired, TimerId.E) => Retransmit(Shorter(2 * Retry, Timers.T2)),
        (Proceeding, Fired, TimerId.E) => Retransmit(Timers.T2),
        (Trying or Proceeding, Fired, TimerId.F) => Go(Terminated, Stop, Fail(SipStatus.RequestTimeout)),
        (Trying or Proceeding, TransportFailed, _) => Go(Terminated, Stop, Fail(SipStatus.ServiceUnavailable)),
        (Trying or Proceeding, Abandoned, _) => Go(Terminated, Stop),
        (Trying or Proceeding, Provisional, _) => Go(Proceeding, Deliver(input.Response)),
        (Trying or Proceeding, Success or Refusal, _) when IsReliable => Go(Terminated, Stop, Deliver(input.Response)),
        (Trying or Proceeding, Success or Refusal, _) => Go(Completed, Stop, Deliver(input.Response), Start(TimerId.K, Timers.T4)),
        (Completed, Fired, TimerId.K) => Go(Terminated),
        _ => Go(State), // late, repeated or stray: absorbed
    };

    public bool IsTerminated => State == Terminated;

    private Step<NonInviteClient, TransactionEffect> Go(NonInviteClientState state, params ReadOnlySpan<TransactionEffect> effects) =>
        new(this with { State = state }, effects);

    private Step<NonInviteClient, TransactionEffect> Retransmit(TimeSpan next) =>
        new(this with { Retry = next }, Transmit, Start(TimerId.E, next));

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
