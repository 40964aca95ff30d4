using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>How a registration takes its leave.</summary>
public class RegistrationLeavingTests
{
    [Fact]
    public void Leaving_removes_the_binding_and_completes()
    {
        using var rig = new RegistrationRig { Latency = TimeSpan.FromMilliseconds(100) }.Start();
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(10));
        rig.Leave.OnNext(default);
        Assert.Equal("Unregistering", rig.State.ToString());
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(11));

        Assert.Equal("Unregistered", rig.State.ToString());
        Assert.True(rig.IsCompleted);
        var last = rig.Registers[^1];
        Assert.Equal(("<sip:alice@192.0.2.1:5060>;expires=0", TimeSpan.Zero, 2u), (last.Headers.Get("Contact"), last.Expires, last.CSeq!.Value.Number));
        Assert.Equal(rig.Registers[0].CallId, last.CallId);
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void Leaving_does_not_wait_for_ever_for_a_registrar_that_is_gone()
    {
        using var rig = new RegistrationRig().Start();
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(10));
        rig.Latency = TimeSpan.FromSeconds(32);
        rig.Leave.OnNext(default);
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(14));
        Assert.Equal((TimeSpan.FromSeconds(14), new RegistrationState.Unregistered(null)), rig.Timeline[^1]);
        Assert.True(rig.IsCompleted);
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void Leaving_while_an_attempt_is_on_its_way_waits_for_its_answer_first()
    {
        using var rig = new RegistrationRig { Latency = TimeSpan.FromSeconds(2) }.Start();
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(1));
        rig.Leave.OnNext(default);
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(10));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(2)], rig.Instants);
        Assert.Equal(["Registering", "Unregistering", "Unregistered"], rig.States.Select(state => state.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(4), rig.Timeline[^1].At);
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void Leaving_while_an_attempt_gets_no_answer_is_bounded_and_still_removes_what_may_have_come_of_it()
    {
        using var rig = new RegistrationRig { Latency = TimeSpan.FromSeconds(32) }.Start();
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(1));
        rig.Leave.OnNext(default);
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(40));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(5)], rig.Instants);
        Assert.Equal(TimeSpan.Zero, rig.Registers[1].Expires);
        Assert.True(rig.Registers[1].CSeq!.Value.Number > 1 + 6);
        Assert.Equal(TimeSpan.FromSeconds(9), rig.Timeline[^1].At);
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void Leaving_without_a_binding_sends_nothing()
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(503) }.Start();
        rig.Leave.OnNext(default);
        Assert.Equal("Unregistered", rig.State.ToString());
        Assert.Single(rig.Registers);
        Assert.True(rig.IsCompleted);
    }

    [Fact]
    public void Leaving_while_there_is_no_way_to_the_registrar_sends_nothing()
    {
        var never = new RegistrationRig();
        never.Access.Contact = _ => System.Reactive.Linq.Observable.Never<NameAddress?>();
        using (never.Start())
        {
            never.Leave.OnNext(default);
            never.Time.AdvanceTo(TimeSpan.FromSeconds(4));
            Assert.Equal("Unregistered", never.State.ToString());
        }
        Assert.Empty(never.Registers);
        Assert.True(never.IsQuiet);
    }

    [Fact]
    public void Leaving_after_no_answer_removes_what_may_have_come_of_it()
    {
        using var rig = new RegistrationRig { Answer = request => SipResponse.Local(request, 408, null) }.Start();
        rig.Leave.OnNext(default);
        Assert.Equal(TimeSpan.Zero, rig.Registers[^1].Expires);
        Assert.Equal(2, rig.Registers.Count);
    }

    [Fact]
    public void Leaving_after_the_binding_ran_out_sends_nothing()
    {
        using var rig = new RegistrationRig().Start();
        rig.Answer = request => request.Answer(500);
        rig.Time.AdvanceTo(TimeSpan.FromHours(2));
        var before = rig.Registers.Count;
        rig.Leave.OnNext(default);
        Assert.Equal(before, rig.Registers.Count);
        Assert.True(rig.IsCompleted);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(200)]
    public void An_attempt_that_fails_while_leaving_is_not_repeated(int status)
    {
        using var rig = new RegistrationRig
        {
            Latency = TimeSpan.FromSeconds(1),
            Answer = request => status == 200 ? RegistrationRig.Grant(request, TimeSpan.Zero) : request.Answer(status),
        }.Start();
        rig.Leave.OnNext(default);
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(1));
        Assert.Equal("Unregistered", rig.State.ToString());
        Assert.Single(rig.Registers);
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void A_binding_that_runs_out_while_leaving_does_not_bring_Registering_back()
    {
        var rig = new RegistrationRig { Answer = request => RegistrationRig.Grant(request, TimeSpan.FromSeconds(40)) };
        rig.Settings = rig.Settings with { LeaveTimeout = TimeSpan.FromSeconds(30) };
        using (rig.Start())
        {
            rig.Latency = TimeSpan.FromSeconds(32);
            rig.Time.AdvanceTo(TimeSpan.FromSeconds(38));
            rig.Leave.OnNext(default);
            rig.Time.AdvanceTo(TimeSpan.FromSeconds(45));
            Assert.Equal("Unregistering", rig.State.ToString());
        }
    }

    [Fact]
    public void Leaving_removes_the_new_contact_and_the_old_one()
    {
        using var rig = new RegistrationRig().Start();
        rig.Answer = request => SipResponse.Local(request, 408, null);
        rig.Contact = NameAddress.Parse("<sip:alice@192.0.2.7>");
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(55));
        rig.Leave.OnNext(default);
        Assert.Equal(["<sip:alice@192.0.2.1:5060>;expires=0", "<sip:alice@192.0.2.7>;expires=0"], rig.Registers[^1].Headers.GetAll("Contact"));
    }
}
