using Rx.Sip.Runtime;
using static Rx.Sip.Transactions.InviteServerState;
using static Rx.Sip.Transactions.TransactionEffect;
using static Rx.Sip.Transactions.TransactionEventKind;

namespace Rx.Sip.Transactions;

/// <summary>
/// INVITE server transaction, RFC 3261 §17.2.1 (figure 7) with the Accepted state of RFC 6026 §8.7. Pure: no clock, no socket.
/// </summary>
internal readonly record struct InviteServer(InviteServerState State, bool IsReliable, bool HasRung, TimeSpan Retry, SipTimers Timers)
    : ITransactionMachine<InviteServer>
{
    public InviteServer(bool isReliable, SipTimers timers) : this(Proceeding, isReliable, HasRung: false, timers.T1, timers)
    {
    }

    public Step<InviteServer, TransactionEffect> On(TransactionEvent input) => (State, input.Kind, input.Timer) switch
    {
        (Proceeding, Started, _) => Go(Proceeding, Start(TimerId.Trying, Timers.TryingAfter)),
        (Proceeding, Fired, TimerId.Trying) => Go(Proceeding, Try),
        (Proceeding, Retransmission, _) => Go(Proceeding, HasRung ? Repeat : Try),
        (Proceeding, Provisional, _) => new(this with { HasRung = true }, Stop, Send(input.Response)),
        (Proceeding, Success, _) => Go(Accepted, Stop, Send(input.Response), Start(TimerId.L, Timers.Timeout)),
        (Proceeding, Refusal, _) when IsReliable => Go(Completed, Stop, Send(input.Response), Start(TimerId.H, Timers.Timeout)),
        (Proceeding, Refusal, _) =>
            Go(Completed, Stop, Send(input.Response), Start(TimerId.H, Timers.Timeout), Start(TimerId.G, Retry)),
        (Proceeding, Abandoned, _) => Go(Terminated, Stop, GiveUp),
        (Completed, Retransmission, _) => Go(Completed, Repeat),
        (Completed, Fired, TimerId.G) => RetransmitResponse(Shorter(2 * Retry, Timers.T2)),
        (Completed, Fired, TimerId.H) => Go(Terminated, Stop),
        (Completed, Acknowledgement, _) when IsReliable => Go(Terminated, Stop),
        (Completed, Acknowledgement, _) => Go(Confirmed, Stop, Start(TimerId.I, Timers.T4)),
        (Confirmed, Fired, TimerId.I) => Go(Terminated),
        (Accepted, Acknowledgement, _) => Go(Accepted, PassUp(input.Message!)),
        (Accepted, Success, _) => Go(Accepted, Send(input.Response)),
        (Accepted, Fired, TimerId.L) => Go(Terminated),
        _ => Go(State), // retransmissions of an accepted INVITE, a second final response, a late timer, a dead flow: absorbed
    };

    public bool IsTerminated => State == Terminated;

    private Step<InviteServer, TransactionEffect> Go(InviteServerState state, params ReadOnlySpan<TransactionEffect> effects) =>
        new(this with { State = state }, effects);

    private Step<InviteServer, TransactionEffect> RetransmitResponse(TimeSpan next) =>
        new(this with { Retry = next }, Repeat, Start(TimerId.G, next));

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
