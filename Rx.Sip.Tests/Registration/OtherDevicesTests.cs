using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>What the contacts of a success tell about the user's other devices.</summary>
public class OtherDevicesTests
{
    private const string Ours = "<sip:alice@192.0.2.1:5060>;expires=3600";
    private const string Phone = "<sip:alice@198.51.100.7>;expires=1200;q=0.5";
    private const string Tablet = "<sip:alice@198.51.100.8>;expires=77";

    [Fact]
    public void The_other_devices_are_named_and_a_change_of_them_is_a_new_state()
    {
        using var rig = Registered(Phone, Ours, Tablet);
        Assert.Equal([Phone, Tablet], Others(rig));
        Answer(rig, Ours);
        Refresh(rig);
        Assert.Empty(Others(rig));
        Answer(rig, Tablet, Ours);
        Refresh(rig);
        Assert.Equal([Tablet], Others(rig));
    }

    [Fact]
    public void Who_is_no_longer_listed_among_others_has_been_displaced_and_does_not_fight_for_the_place()
    {
        using var rig = Registered(Ours, Phone);
        Answer(rig, Phone, Tablet);
        rig.Time.AdvanceTo(TimeSpan.FromDays(2));
        Assert.Equal(RegistrationFailureKind.Displaced, Assert.IsType<RegistrationState.Unregistered>(rig.State).Cause!.Kind);
        Assert.Equal(2, rig.Registers.Count);
        Assert.True(rig.IsCompleted);
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void A_registrar_that_never_lists_us_has_displaced_nobody()
    {
        using var rig = Registered(Phone);
        rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void A_registrar_that_lists_nobody_has_displaced_nobody()
    {
        using var rig = Registered(Ours, Phone);
        rig.Answer = request => request.Answer(200);
        rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void A_contact_that_has_changed_meanwhile_is_not_missed_in_the_list()
    {
        using var rig = Registered(Ours, Phone);
        rig.Contact = NameAddress.Parse("<sip:alice@192.0.2.99>");
        Answer(rig, Phone);
        Refresh(rig);
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    private static RegistrationRig Registered(params string[] contacts)
    {
        var rig = new RegistrationRig();
        Answer(rig, contacts);
        rig.Start();
        Assert.IsType<RegistrationState.Registered>(rig.State);
        return rig;
    }

    private static void Answer(RegistrationRig rig, params string[] contacts) =>
        rig.Answer = request => contacts.Aggregate(request.Answer(200), (response, contact) => response.WithAddedHeader("Contact", contact));

    private static void Refresh(RegistrationRig rig)
    {
        for (var before = rig.Registers.Count; rig.Registers.Count == before;)
            rig.Time.AdvanceBy(TimeSpan.FromMinutes(1));
    }

    private static IEnumerable<string> Others(RegistrationRig rig) =>
        Assert.IsType<RegistrationState.Registered>(rig.State).Binding.Others.Select(contact => contact.ToString());
}
