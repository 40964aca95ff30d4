using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

public class RegistrationProperties
{
    private static readonly int[] Transient = [408, 480, 491, 500, 502, 503, 504, 580];

    /// <summary>Something that happens, and how long after what happened before.</summary>
    private sealed record Move(int Kind, int Seconds, int Status);

    private static readonly Gen<Move> Moves =
        from kind in Gen.Choose(0, 6)
        from seconds in Gen.Choose(0, 4000)
        from status in Gen.Elements(Transient)
        select new Move(kind, seconds, status);

    private static readonly Gen<(int Seed, Move[] Moves)> Troubles =
        from seed in Gen.Choose(0, 1_000_000)
        from moves in Gen.ArrayOf(Moves)
        select (seed, moves);

    [Fact]
    public void Any_trouble_that_ends_ends_registered_and_never_turned_into_a_storm() =>
        Prop.ForAll(Arb.From(Troubles), EndsWell).QuickCheckThrowOnFailure();

    /// <summary>Seen in the very 40 milliseconds that a refresh took, the endpoint was taken for one that is not registered.</summary>
    [Fact]
    public void Any_trouble_that_ends_while_a_refresh_is_on_its_way_ends_registered() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1).WithReplay(11043258975320471281, 15335397969161573993, 30),
            Prop.ForAll(Arb.From(Troubles), one => EndsWell(one) && EndsWell((one.Seed, one.Moves), new RefreshWindow(0.8, 0.9))));

    private static bool EndsWell((int Seed, Move[] Moves) one) => EndsWell(one, RefreshWindow.Default);

    private static bool EndsWell((int Seed, Move[] Moves) one, RefreshWindow window)
    {
        using var rig = new RegistrationRig(one.Seed) { Latency = TimeSpan.FromMilliseconds(40) };
        rig.Settings = rig.Settings with { Refresh = window };
        rig.Start();
        foreach (var move in one.Moves)
        {
            Make(rig, move);
            rig.Time.AdvanceBy(TimeSpan.FromSeconds(move.Seconds));
        }
        rig.Network.OnNext(true);
        rig.Answer = RegistrationRig.Ok;
        rig.Time.AdvanceBy(TimeSpan.FromHours(1));
        var isRegistered = Standing(rig.State) is not null;
        // At most one a fifteen seconds, and one for each return of the network.
        var bound = 2 + one.Moves.Length + rig.Time.Elapsed.TotalSeconds / 15;
        rig.Dispose();
        return isRegistered && rig.Registers.Count <= bound && AreApart(rig.Instants, one.Moves.Length) && rig.IsQuiet;
    }

    [Fact]
    public void A_registered_state_is_never_left_before_its_time_but_by_a_lost_connection() =>
        Prop.ForAll(Arb.From(Troubles), one =>
        {
            using var rig = new RegistrationRig(one.Seed) { Latency = TimeSpan.FromMilliseconds(40) }.Start();
            foreach (var move in one.Moves.Where(move => move.Kind is not (0 or 6)))
            {
                Make(rig, move);
                rig.Time.AdvanceBy(TimeSpan.FromSeconds(move.Seconds));
            }
            var granted = DateTimeOffset.MinValue;
            foreach (var (at, state) in rig.Timeline)
            {
                granted = state is RegistrationState.Registered registered ? registered.Until : granted;
                if (granted != DateTimeOffset.MinValue && Standing(state) is null && DateTimeOffset.UnixEpoch + at < granted)
                    return false;
                if (Standing(state) is { } until && (until != granted || DateTimeOffset.UnixEpoch + at >= until))
                    return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();

    /// <summary>Whatever comes in whatever phase, the plan goes on, counts CSeq up, and once over it stays over.</summary>
    [Fact]
    public void The_plan_is_total() =>
        Prop.ForAll(
            Arb.From(Gen.ArrayOf(from kind in Gen.Choose(0, 9)
                                 from status in Gen.Elements(200, 202, 301, 302, 401, 403, 408, 423, 500, 503, 600)
                                 from seconds in Gen.Choose(-5, 5000)
                                 from jitter in Gen.Choose(0, 999)
                                 select (Kind: kind, Status: status, Seconds: seconds, Jitter: jitter / 1000.0))),
            inputs =>
            {
                var rig = new RegistrationRig();
                var (plan, now, losses) = (RegistrationPlan.Begin(rig.Settings, 1, StrayContacts.None, DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch, 0);
                foreach (var input in inputs)
                {
                    now += TimeSpan.FromSeconds(input.Seconds);
                    var next = plan.Next(Event(input.Kind, input.Status, input.Seconds, new RegistrarFlow(rig.Contact!, null), ref losses), now, input.Jitter);
                    if (next.Sequence < plan.Sequence || (plan.Phase == RegistrationPhase.Over && (next.Phase, next.State) != (plan.Phase, plan.State)))
                        return false;
                    if ((next.Phase == RegistrationPhase.Over) != (next.State is RegistrationState.Unregistered))
                        return false;
                    plan = next;
                }
                return true;
            }).QuickCheckThrowOnFailure();

    private static RegistrationEvent Event(int kind, int status, int seconds, RegistrarFlow flow, ref int losses) => kind switch
    {
        0 or 1 => new RegistrationEvent.TimePassed(),
        2 => status < 400 ? new RegistrationEvent.WaitedEnough(seconds % 2 == 0 ? flow.Contact : null) : new RegistrationEvent.Unreachable(null),
        3 => new RegistrationEvent.Changed(new Surroundings(++losses, null, seconds % 3 > 0, IsLeaving: seconds % 50 == 0)
        {
            Eviction = seconds % 5 > 0 ? null : new Eviction(RegistrationFailure.Evicted((RegistrationFailureKind)((seconds + 5) % 7), "gone"), TimeSpan.FromSeconds(seconds)),
        }),
        4 => new RegistrationEvent.Answered(Say.Register().Answer(status).WithHeader("Retry-After", $"{Math.Max(0, seconds)}"), flow),
        5 => new RegistrationEvent.Answered(Say.Register().Answer(status).WithHeader("Min-Expires", $"{Math.Max(0, seconds)}"), flow),
        6 => new RegistrationEvent.Left(seconds % 2 == 0),
        7 => new RegistrationEvent.Answered(SipResponse.Local(Say.Register(), status, null), flow) { HasAlternative = seconds % 2 == 0 },
        8 => new RegistrationEvent.Answered(Say.Register().Answer(302), flow) { Redirection = new Redirection(flow.Contact.Uri, flow.Contact.Uri) },
        _ => new RegistrationEvent.Answered(Say.Register().Answer(status).WithHeader("Contact", $"{flow.Contact};expires={Math.Max(0, seconds)}"), flow),
    };

    private static void Make(RegistrationRig rig, Move move)
    {
        switch (move.Kind)
        {
            case 0:
                rig.FlowLost.OnNext(null);
                break;
            case 1:
                rig.Network.OnNext(false);
                break;
            case 2:
                rig.Network.OnNext(true);
                break;
            case 3:
                rig.Answer = request => request.Answer(move.Status).WithHeader("Retry-After", $"{move.Seconds % 500}");
                break;
            case 6:
                rig.Outdated.OnNext(move.Seconds % 2 == 0 ? null : new Eviction(RegistrationFailure.RanOut, TimeSpan.FromSeconds(move.Seconds % 500)));
                break;
            case 4:
                rig.Answer = request => SipResponse.Local(request, move.Status % 2 == 0 ? 408 : 503, null);
                break;
            default:
                rig.Answer = RegistrationRig.Ok;
                break;
        }
    }

    // Apart from what a returning network is allowed to start at once.
    private static bool AreApart(IReadOnlyList<TimeSpan> instants, int exceptions) =>
        instants.Zip(instants.Skip(1), (one, next) => next - one).Count(wait => wait < TimeSpan.FromSeconds(15)) <= exceptions;

    private static DateTimeOffset? Standing(RegistrationState state) =>
        state.Match(_ => null, _ => null, one => one.Until, one => one.Until, one => one.Until, _ => (DateTimeOffset?)null);
}
