using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>The four machines, complete: what a table does not list changes nothing and does nothing.</summary>
public class MachineTableTests
{
    private static readonly SipTimers Timers = SipTimers.Default;

    [Fact]
    public void A_non_INVITE_client_over_UDP() => MachineTable.Is(
        """
        Trying, Started:              Trying, transmit, start F 32, start E 0.5
        Trying, 180:                  Proceeding, deliver 180
        Trying, 200:                  Completed, stop, deliver 200, start K 5
        Trying, 486:                  Completed, stop, deliver 486, start K 5
        Trying, TransportFailed:      Terminated, stop, fail 503
        Trying, Abandoned:            Terminated, stop
        Trying, timer E:              Trying, transmit, start E 1
        Trying, timer F:              Terminated, stop, fail 408
        Proceeding, 180:              Proceeding, deliver 180
        Proceeding, 200:              Completed, stop, deliver 200, start K 5
        Proceeding, 486:              Completed, stop, deliver 486, start K 5
        Proceeding, TransportFailed:  Terminated, stop, fail 503
        Proceeding, Abandoned:        Terminated, stop
        Proceeding, timer E:          Proceeding, transmit, start E 4
        Proceeding, timer F:          Terminated, stop, fail 408
        Completed, timer K:           Terminated
        """,
        Enum.GetValues<NonInviteClientState>().Select(state => new NonInviteClient(isReliable: false, Timers) with { State = state }));

    [Fact]
    public void A_non_INVITE_client_over_TCP() => MachineTable.Is(
        """
        Trying, Started:              Trying, transmit, start F 32
        Trying, 180:                  Proceeding, deliver 180
        Trying, 200:                  Terminated, stop, deliver 200
        Trying, 486:                  Terminated, stop, deliver 486
        Trying, TransportFailed:      Terminated, stop, fail 503
        Trying, Abandoned:            Terminated, stop
        Trying, timer E:              Trying, transmit, start E 1
        Trying, timer F:              Terminated, stop, fail 408
        Proceeding, 180:              Proceeding, deliver 180
        Proceeding, 200:              Terminated, stop, deliver 200
        Proceeding, 486:              Terminated, stop, deliver 486
        Proceeding, TransportFailed:  Terminated, stop, fail 503
        Proceeding, Abandoned:        Terminated, stop
        Proceeding, timer E:          Proceeding, transmit, start E 4
        Proceeding, timer F:          Terminated, stop, fail 408
        Completed, timer K:           Terminated
        """,
        Enum.GetValues<NonInviteClientState>().Select(state => new NonInviteClient(isReliable: true, Timers) with { State = state }));

    [Fact]
    public void An_INVITE_client_over_UDP() => MachineTable.Is(
        """
        Calling, Started:             Calling, transmit, start B 32, start A 0.5
        Calling, 180:                 Proceeding, stop, deliver 180
        Calling, 200:                 Accepted, stop, deliver 200, start M 32
        Calling, 486:                 Completed, stop, acknowledge 486, deliver 486, start D 32
        Calling, TransportFailed:     Terminated, stop, fail 503
        Calling, Abandoned:           Calling abandoned
        Calling, timer A:             Calling, transmit, start A 1
        Calling, timer B:             Terminated, stop, fail 408
        Proceeding, 180:              Proceeding, stop, deliver 180
        Proceeding, 200:              Accepted, stop, deliver 200, start M 32
        Proceeding, 486:              Completed, stop, acknowledge 486, deliver 486, start D 32
        Proceeding, TransportFailed:  Terminated, stop, fail 503
        Proceeding, Abandoned:        Proceeding abandoned, stop, cancel, start Cancelled 32
        Completed, 486:               Completed, acknowledge 486
        Completed, TransportFailed:   Terminated, stop
        Completed, timer D:           Terminated
        Accepted, 200:                Accepted, pass up 200
        Accepted, timer M:            Terminated
        """,
        Enum.GetValues<InviteClientState>().Select(state => new InviteClient(isReliable: false, Timers) with { State = state }));

    [Fact]
    public void An_INVITE_client_over_TCP_where_it_differs_from_UDP() => MachineTable.Is(
        """
        Calling, Started:             Calling, transmit, start B 32
        Calling, 180:                 Proceeding, stop, deliver 180
        Calling, 200:                 Accepted, stop, deliver 200, start M 32
        Calling, 486:                 Terminated, stop, acknowledge 486, deliver 486
        Calling, TransportFailed:     Terminated, stop, fail 503
        Calling, Abandoned:           Calling abandoned
        Calling, timer A:             Calling, transmit, start A 1
        Calling, timer B:             Terminated, stop, fail 408
        """,
        new InviteClient(isReliable: true, Timers));

    [Fact]
    public void An_INVITE_client_that_nobody_waits_for() => MachineTable.Is(
        """
        Calling abandoned, Started:             Calling abandoned, transmit, start B 32, start A 0.5
        Calling abandoned, 180:                 Proceeding abandoned, stop, cancel, start Cancelled 32
        Calling abandoned, 200:                 Accepted abandoned, stop, pass up 200, start M 32
        Calling abandoned, 486:                 Completed abandoned, stop, acknowledge 486, deliver 486, start D 32
        Calling abandoned, TransportFailed:     Terminated abandoned, stop, fail 503
        Calling abandoned, timer A:             Calling abandoned, transmit, start A 1
        Calling abandoned, timer B:             Terminated abandoned, stop, fail 408
        Proceeding abandoned, 200:              Accepted abandoned, stop, pass up 200, start M 32
        Proceeding abandoned, 486:              Completed abandoned, stop, acknowledge 486, deliver 486, start D 32
        Proceeding abandoned, TransportFailed:  Terminated abandoned, stop, fail 503
        Proceeding abandoned, timer Cancelled:  Terminated abandoned, stop
        """,
        new InviteClient(isReliable: false, Timers) with { IsAbandoned = true },
        new InviteClient(isReliable: false, Timers) with { IsAbandoned = true, State = InviteClientState.Proceeding });

    [Fact]
    public void A_non_INVITE_server_over_UDP() => MachineTable.Is(
        """
        Trying, Started:              Trying, start Trying 3.5
        Trying, 200:                  Completed, stop, transmit 200, start J 32
        Trying, 486:                  Completed, stop, transmit 486, start J 32
        Trying, Abandoned:            Terminated, stop, give up
        Trying, timer Trying:         Proceeding, try, start Unanswered 28.5
        Proceeding, 200:              Completed, stop, transmit 200, start J 32
        Proceeding, 486:              Completed, stop, transmit 486, start J 32
        Proceeding, Retransmission:   Proceeding, try
        Proceeding, Abandoned:        Terminated, stop, give up
        Proceeding, timer Unanswered: Terminated, give up
        Completed, Retransmission:    Completed, repeat
        Completed, timer J:           Terminated
        """,
        Enum.GetValues<NonInviteServerState>().Select(state => new NonInviteServer(isReliable: false, Timers) with { State = state }));

    [Fact]
    public void A_non_INVITE_server_over_TCP_is_done_when_it_has_answered() => MachineTable.Is(
        """
        Trying, Started:              Trying, start Trying 3.5
        Trying, 200:                  Terminated, stop, transmit 200
        Trying, 486:                  Terminated, stop, transmit 486
        Trying, Abandoned:            Terminated, stop, give up
        Trying, timer Trying:         Proceeding, try, start Unanswered 28.5
        """,
        new NonInviteServer(isReliable: true, Timers));

    [Fact]
    public void An_INVITE_server_over_UDP() => MachineTable.Is(
        """
        Proceeding, Started:          Proceeding, start Trying 0.2
        Proceeding, 180:              Proceeding, stop, transmit 180
        Proceeding, 200:              Accepted, stop, transmit 200, start L 32
        Proceeding, 486:              Completed, stop, transmit 486, start H 32, start G 0.5
        Proceeding, Retransmission:   Proceeding, try
        Proceeding, Abandoned:        Terminated, stop, give up
        Proceeding, timer Trying:     Proceeding, try
        Completed, Retransmission:    Completed, repeat
        Completed, Acknowledgement:   Confirmed, stop, start I 5
        Completed, timer G:           Completed, repeat, start G 1
        Completed, timer H:           Terminated, stop
        Confirmed, timer I:           Terminated
        Accepted, 200:                Accepted, transmit 200
        Accepted, Acknowledgement:    Accepted, pass up ACK
        Accepted, timer L:            Terminated
        """,
        Enum.GetValues<InviteServerState>().Select(state => Server(state, isReliable: false)));

    [Fact]
    public void An_INVITE_server_over_TCP_neither_repeats_its_refusal_nor_lingers_behind_the_ACK() => MachineTable.Is(
        """
        Proceeding, Started:          Proceeding, start Trying 0.2
        Proceeding, 180:              Proceeding, stop, transmit 180
        Proceeding, 200:              Accepted, stop, transmit 200, start L 32
        Proceeding, 486:              Completed, stop, transmit 486, start H 32
        Proceeding, Retransmission:   Proceeding, try
        Proceeding, Abandoned:        Terminated, stop, give up
        Proceeding, timer Trying:     Proceeding, try
        Completed, Retransmission:    Completed, repeat
        Completed, Acknowledgement:   Terminated, stop
        Completed, timer G:           Completed, repeat, start G 1
        Completed, timer H:           Terminated, stop
        """,
        Server(InviteServerState.Proceeding, isReliable: true), Server(InviteServerState.Completed, isReliable: true));

    [Fact]
    public void An_INVITE_server_repeats_its_last_provisional_response() => MachineTable.Is(
        """
        Proceeding, Started:          Proceeding, start Trying 0.2
        Proceeding, 180:              Proceeding, stop, transmit 180
        Proceeding, 200:              Accepted, stop, transmit 200, start L 32
        Proceeding, 486:              Completed, stop, transmit 486, start H 32, start G 0.5
        Proceeding, Retransmission:   Proceeding, repeat
        Proceeding, Abandoned:        Terminated, stop, give up
        Proceeding, timer Trying:     Proceeding, try
        """,
        new InviteServer(isReliable: false, Timers) with { HasRung = true });

    private static InviteServer Server(InviteServerState state, bool isReliable) => new InviteServer(isReliable, Timers) with { State = state };
}
