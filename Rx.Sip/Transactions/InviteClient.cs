using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using static Rx.Sip.Transactions.InviteClientState;
using static Rx.Sip.Transactions.TransactionEffect;
using static Rx.Sip.Transactions.TransactionEventKind;

namespace Rx.Sip.Transactions;

/// <summary>
/// INVITE client transaction, RFC 3261 §17.1.1.2 (figure 5) with the Accepted state of RFC 6026 §8.4. Pure: no clock, no
/// socket. Abandoned, it is cancelled (§9.1) as soon as a provisional response shows that there is something to cancel;
/// until then it goes on asking, for a server that rings unheard would ring on.
/// </summary>
internal readonly record struct InviteClient(InviteClientState State, bool IsReliable, bool IsAbandoned, TimeSpan Retry, SipTimers Timers)
    : ITransactionMachine<InviteClient>
{
    public InviteClient(bool isReliable, SipTimers timers) : this(Calling, isReliable, IsAbandoned: false, timers.T1, timers)
    {
    }

    public Step<InviteClient, TransactionEffect> On(TransactionEvent input) => (State, input.Kind, input.Timer) switch
    {
        (Calling, Started, _) when IsReliable => Go(Calling, Transmit, Start(TimerId.B, Timers.Timeout)),
        (Calling, Started, _) => Go(Calling, Transmit, Start(TimerId.B, Timers.Timeout), Start(TimerId.A, Retry)),
        (Calling, Fired, TimerId.A) => new(this with { Retry = 2 * Retry }, Transmit, Start(TimerId.A, 2 * Retry)),
        (Calling, Fired, TimerId.B) => Go(Terminated, Stop, Fail(SipStatus.RequestTimeout)),
        (Calling, Abandoned, _) => new(this with { IsAbandoned = true }),
        (Calling, Provisional, _) when IsAbandoned => Cancelling(),
        (Calling or Proceeding, Provisional, _) when !IsAbandoned => Go(Proceeding, Stop, Deliver(input.Response)),
        (Proceeding, Abandoned, _) when !IsAbandoned => Cancelling(),
        (Proceeding, Fired, TimerId.Cancelled) when IsAbandoned => Go(Terminated, Stop),
        (Calling or Proceeding, Success, _) when IsAbandoned => Go(Accepted, Stop, PassUp(input.Response), Start(TimerId.M, Timers.Timeout)),
        (Calling or Proceeding, Success, _) => Go(Accepted, Stop, Deliver(input.Response), Start(TimerId.M, Timers.Timeout)),
        (Calling or Proceeding, Refusal, _) when IsReliable => Go(Terminated, Stop, Acknowledge(input.Response), Deliver(input.Response)),
        (Calling or Proceeding, Refusal, _) => Go(Completed, Stop, Acknowledge(input.Response), Deliver(input.Response), Start(TimerId.D, Timers.TimerD)),
        (Calling or Proceeding, TransportFailed, _) => Go(Terminated, Stop, Fail(SipStatus.ServiceUnavailable)),
        (Completed, Refusal, _) => Go(Completed, Acknowledge(input.Response)),
        (Completed, TransportFailed, _) => Go(Terminated, Stop),
        (Completed, Fired, TimerId.D) => Go(Terminated),
        (Accepted, Success, _) => Go(Accepted, PassUp(input.Response)),
        (Accepted, Fired, TimerId.M) => Go(Terminated),
        _ => Go(State), // late, repeated or stray: absorbed
    };

    public bool IsTerminated => State == Terminated;

    private Step<InviteClient, TransactionEffect> Go(InviteClientState state, params ReadOnlySpan<TransactionEffect> effects) =>
        new(this with { State = state }, effects);

    private Step<InviteClient, TransactionEffect> Cancelling() =>
        new(this with { State = Proceeding, IsAbandoned = true }, Stop, Cancel, Start(TimerId.Cancelled, Timers.Timeout));
}
