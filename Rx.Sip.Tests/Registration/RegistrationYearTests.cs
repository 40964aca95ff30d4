using Rx.Sip.Registration;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>A year with something going wrong every day: each REGISTER comes at the very instant that the rules give.</summary>
public class RegistrationYearTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>What the registrar answers at an instant: each day it is out of order from noon on, for longer and longer, and in another way.</summary>
    private static (int Status, int RetryAfter) Answer(TimeSpan at)
    {
        var (day, time) = (at.Days, at - TimeSpan.FromDays(at.Days));
        if (time < Day / 2 || time >= Day / 2 + TimeSpan.FromMinutes(day))
            return (200, 0);
        return (day % 5) switch { 0 => (500, 0), 1 => (503, 90), 2 => (503, 4000), 3 => (480, 0), _ => (600, 0) };
    }

    [Fact]
    public void Every_register_of_a_year_of_daily_failures_comes_at_its_instant_and_every_state_is_right()
    {
        var rig = new RegistrationRig(seed: 2026);
        rig.Answer = request => Answer(rig.Time.Elapsed) switch
        {
            (200, _) => RegistrationRig.Ok(request),
            (var status, 0) => request.Answer(status),
            var (status, seconds) => request.Answer(status).WithHeader("Retry-After", $"{seconds}"),
        };
        using (rig.Start())
            rig.Time.AdvanceTo(Year);

        var (registers, states) = Expected(new SipIdentifiers(2026));
        Assert.Equal(registers, rig.Instants);
        Assert.Equal(states, rig.Timeline.Select(entry => (entry.At, Name(entry.State))));
        Assert.InRange(registers.Count, 14_000, 15_000);
        Assert.InRange(rig.Timeline.Where(entry => entry.State is RegistrationState.WaitingForRetry).Select(entry => entry.At.Days).Distinct().Count(), 330, 365);
        Assert.True(rig.IsQuiet);
    }

    // The rules once more, written as a calendar: draws one number for each wait that is over and one for each answer, as the loop does.
    private static (List<TimeSpan> Registers, List<(TimeSpan, string)> States) Expected(SipIdentifiers same)
    {
        var (_, _, registers, states) = (same.CallId(), same.Tag(), new List<TimeSpan>(), new List<(TimeSpan, string)>());
        var (at, until, failures) = (TimeSpan.Zero, TimeSpan.MinValue, 0);
        same.Fraction();
        while (true)
        {
            states.Add((at, at < until ? "Refreshing" : "Registering"));
            registers.Add(at);
            var (status, rest) = Answer(at);
            var jitter = same.Fraction();
            TimeSpan due;
            if (status == 200)
            {
                (until, failures) = (at + Hour, 0);
                due = at + Hour * (0.5 + jitter * (0.9 - 0.5));
                states.Add((at, "Registered"));
            }
            else
            {
                var upper = Math.Min(1800, 30 * Math.Pow(2, ++failures)) * TimeSpan.TicksPerSecond;
                due = at + Max(TimeSpan.FromTicks((long)(upper * (0.5 + jitter / 2))), TimeSpan.FromSeconds(rest));
                states.Add((at, at < until ? "Waiting, registered" : "Waiting"));
            }
            if (at < until && until < due && until <= Year)
            {
                states.Add((until, "Waiting"));
                same.Fraction();
            }
            if (due > Year)
                return (registers, states);
            at = due;
            same.Fraction();
        }
    }

    private static string Name(RegistrationState state) => state switch
    {
        RegistrationState.WaitingForRetry { Until: not null } => "Waiting, registered",
        RegistrationState.WaitingForRetry => "Waiting",
        _ => state.GetType().Name,
    };

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
