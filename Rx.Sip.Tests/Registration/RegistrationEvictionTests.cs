using Rx.Sip.Registration;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>A registrar that takes the binding away, to the second.</summary>
public class RegistrationEvictionTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Who_is_told_to_come_back_does_so_as_after_a_lost_connection()
    {
        using var rig = Registered();
        rig.Outdated.OnNext(Evicted(RegistrationFailureKind.Moved));
        var waiting = Assert.IsType<RegistrationState.WaitingForRetry>(rig.State);
        Assert.Equal((1, RegistrationFailureKind.Moved, null), (waiting.Attempt, waiting.Cause.Kind, waiting.Until));
        var wait = waiting.Due - rig.Time.Now;
        Assert.InRange(wait, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
        rig.Time.AdvanceBy(wait);
        Assert.IsType<RegistrationState.Registered>(rig.State);
        Assert.Equal([TimeSpan.Zero, 10 * Minute + wait], rig.Instants);
    }

    [Fact]
    public void Who_is_told_to_come_back_later_does_not_come_before()
    {
        using var rig = Registered();
        rig.Outdated.OnNext(Evicted(RegistrationFailureKind.Transient, TimeSpan.FromMinutes(5)));
        Assert.Equal(rig.Time.Now + TimeSpan.FromMinutes(5), Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Due);
    }

    [Fact]
    public void Who_is_taken_away_again_and_again_comes_back_ever_more_slowly()
    {
        using var rig = Registered();
        for (var time = 0; time < 8; time++)
        {
            rig.Outdated.OnNext(Evicted(RegistrationFailureKind.Transient));
            rig.Time.AdvanceTo(Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Due - DateTimeOffset.UnixEpoch);
        }
        Assert.True(rig.Instants[^1] - rig.Instants[^2] > TimeSpan.FromMinutes(15), string.Join(' ', rig.Instants));
    }

    [Theory]
    [InlineData(RegistrationFailureKind.Displaced)]
    [InlineData(RegistrationFailureKind.Policy)]
    public void What_is_final_ends_at_once_and_sends_nothing(RegistrationFailureKind kind)
    {
        using var rig = Registered();
        rig.Outdated.OnNext(Evicted(kind));
        Assert.Equal(kind, Assert.IsType<RegistrationState.Unregistered>(rig.State).Cause!.Kind);
        Assert.Single(rig.Registers);
        Assert.True(rig.IsCompleted && rig.IsQuiet);
    }

    [Fact]
    public void What_is_final_while_a_refresh_is_on_its_way_takes_back_what_the_refresh_has_made()
    {
        using var rig = Refreshing();
        rig.Outdated.OnNext(Evicted(RegistrationFailureKind.Displaced));
        Assert.IsType<RegistrationState.Refreshing>(rig.State);
        rig.Time.AdvanceBy(Minute);
        Assert.Equal(RegistrationFailureKind.Displaced, Assert.IsType<RegistrationState.Unregistered>(rig.State).Cause!.Kind);
        Assert.Equal(TimeSpan.Zero, rig.Registers[^1].Contacts[0].Expires ?? rig.Registers[^1].Expires);
        Assert.Equal(3, rig.Registers.Count);
    }

    [Fact]
    public void What_is_final_while_a_refresh_fails_is_final_without_another_word()
    {
        using var rig = Refreshing();
        rig.Answer = request => Doubles.Say.Answer(request, 503);
        rig.Outdated.OnNext(Evicted(RegistrationFailureKind.Displaced));
        rig.Time.AdvanceBy(Minute);
        Assert.Equal(RegistrationFailureKind.Displaced, Assert.IsType<RegistrationState.Unregistered>(rig.State).Cause!.Kind);
        Assert.Equal(2, rig.Registers.Count);
    }

    [Fact]
    public void Anything_else_while_a_refresh_is_on_its_way_is_left_to_its_answer()
    {
        using var rig = Refreshing();
        rig.Outdated.OnNext(Evicted(RegistrationFailureKind.Transient));
        rig.Time.AdvanceBy(Minute);
        Assert.IsType<RegistrationState.Registered>(rig.State);
        Assert.Equal(2, rig.Registers.Count);
    }

    [Fact]
    public void A_binding_that_was_shortened_is_refreshed_at_once()
    {
        using var rig = Registered();
        rig.Outdated.OnNext(null);
        Assert.Equal([TimeSpan.Zero, 10 * Minute], rig.Instants);
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    private static Eviction Evicted(RegistrationFailureKind kind, TimeSpan? retryAfter = null) => new(RegistrationFailure.Evicted(kind, "gone"), retryAfter);

    private static RegistrationRig Registered()
    {
        var rig = new RegistrationRig().Start();
        rig.Time.AdvanceTo(10 * Minute);
        return rig;
    }

    private static RegistrationRig Refreshing()
    {
        var rig = Registered();
        rig.Latency = TimeSpan.FromSeconds(10);
        rig.Outdated.OnNext(null);
        rig.Time.AdvanceBy(TimeSpan.FromSeconds(5));
        return rig;
    }
}
