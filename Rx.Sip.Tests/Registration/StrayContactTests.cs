using Rx.Sip.Messages;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>Contacts that a registrar may hold of us although nobody wants them: none is left behind for long.</summary>
public class StrayContactTests
{
    private static NameAddress At(int number) => NameAddress.Parse($"<sip:alice@192.0.2.{number}>");

    [Fact]
    public void What_a_request_without_an_answer_may_have_bound_is_removed_by_the_next_one()
    {
        using var rig = new RegistrationRig { Answer = request => SipResponse.Local(request, 408, null), Contact = At(1) }.Start();
        (rig.Contact, rig.Answer) = (At(2), RegistrationRig.Ok);
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(2));
        Assert.Equal(["<sip:alice@192.0.2.2>;expires=3600", "<sip:alice@192.0.2.1>;expires=0"], rig.Registers[1].Headers.GetAll("Contact"));
        rig.Time.AdvanceTo(TimeSpan.FromHours(2));
        Assert.Single(rig.Registers[2].Headers.GetAll("Contact"));
    }

    [Fact]
    public void What_an_abandoned_registration_may_have_bound_is_removed_by_the_next_one()
    {
        using var rig = new RegistrationRig { Latency = TimeSpan.FromSeconds(1), Contact = At(1) }.Start();
        rig.Dispose();
        rig.Contact = At(2);
        rig.Start();
        Assert.Equal(["<sip:alice@192.0.2.2>;expires=3600", "<sip:alice@192.0.2.1>;expires=0"], rig.Registers[1].Headers.GetAll("Contact"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void What_was_removed_is_not_removed_again_unless_nobody_said_so(bool isAnswered, int contacts)
    {
        using var rig = new RegistrationRig { Contact = At(1) }.Start();
        rig.Answer = request => isAnswered ? RegistrationRig.Ok(request) : SipResponse.Local(request, 408, null);
        rig.Leave.OnNext(default);
        Assert.True(rig.IsCompleted);
        (rig.Contact, rig.Answer) = (At(2), RegistrationRig.Ok);
        rig.Start();
        Assert.Equal(contacts, rig.Registers[^1].Headers.GetAll("Contact").Count);
    }

    [Fact]
    public void A_refusal_binds_nothing_and_leaves_nothing()
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(503), Contact = At(1) }.Start();
        rig.Contact = At(2);
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(2));
        Assert.Single(rig.Registers[1].Headers.GetAll("Contact"));
    }

    [Fact]
    public void However_many_connections_fail_the_request_stays_small()
    {
        var number = 0;
        using var rig = new RegistrationRig { Answer = request => SipResponse.Local(request, 408, null) };
        rig.Access.Contact = _ => System.Reactive.Linq.Observable.Return<NameAddress?>(At(++number));
        rig.Start();
        rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.True(rig.Registers.Count > 20);
        Assert.Equal(
            ["<sip:alice@192.0.2.20>;expires=3600", "<sip:alice@192.0.2.16>;expires=0", "<sip:alice@192.0.2.17>;expires=0", "<sip:alice@192.0.2.18>;expires=0", "<sip:alice@192.0.2.19>;expires=0"],
            rig.Registers[19].Headers.GetAll("Contact"));
    }
}
