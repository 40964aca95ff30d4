using Rx.Sip.Runtime;
using static Rx.Sip.Transactions.NonInviteServerState;
using static Rx.Sip.Transactions.TransactionEffect;
using static Rx.Sip.Transactions.TransactionEventKind;

namespace Rx.Sip.Transactions;

/// <summary>
/// Non-INVITE server transaction, RFC 3261 §17.2.2 (figure 8) with RFC 4320: no provisional response but a 100, and that only
/// when the client's retransmissions have become slow; no answer at all once the client has given up. Pure: no clock, no socket.
/// </summary>
internal readonly record struct NonInviteServer(NonInviteServerState State, bool IsReliable, SipTimers Timers)
    : ITransactionMachine<NonInviteServer>
{
    public NonInviteServer(bool isReliable, SipTimers timers) : this(NonInviteServerState.Trying, isReliable, timers)
    {
    }

    public Step<NonInviteServer, TransactionEffect> On(TransactionEvent input) => (State, input.Kind, input.Timer) switch
    {
        (NonInviteServerState.Trying, Started, _) => Go(NonInviteServerState.Trying, Start(TimerId.Trying, Timers.NonInviteTryingAfter)),
        (NonInviteServerState.Trying, Fired, TimerId.Trying) =>
            Go(Proceeding, Try, Start(TimerId.Unanswered, Timers.Timeout - Timers.NonInviteTryingAfter)),
        (Proceeding, Retransmission, _) => Go(Proceeding, Try),
        (Proceeding, Fired, TimerId.Unanswered) => Go(Terminated, GiveUp),
        (NonInviteServerState.Trying or Proceeding, Success or Refusal, _) when IsReliable => Go(Terminated, Stop, Send(input.Response)),
        (NonInviteServerState.Trying or Proceeding, Success or Refusal, _) =>
            Go(Completed, Stop, Send(input.Response), Start(TimerId.J, Timers.Timeout)),
        (NonInviteServerState.Trying or Proceeding, Abandoned, _) => Go(Terminated, Stop, GiveUp),
        (Completed, Retransmission, _) => Go(Completed, Repeat),
        (Completed, Fired, TimerId.J) => Go(Terminated),
        _ => Go(State), // the user's 1xx, a second final response, a late timer, a dead flow: absorbed
    };

    public bool IsTerminated => State == Terminated;

    private Step<NonInviteServer, TransactionEffect> Go(NonInviteServerState state, params ReadOnlySpan<TransactionEffect> effects) =>
        new(this with { State = state }, effects);
}
