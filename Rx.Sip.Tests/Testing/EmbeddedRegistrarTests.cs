using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class EmbeddedRegistrarTests
{
    private readonly ServerRig _rig = new();

    [Fact]
    public void A_registration_is_challenged_and_then_granted_for_the_time_asked_for()
    {
        var alice = _rig.Device("alice");

        var challenge = alice.Plain.Request(alice.Register(alice.Contact)).Record(_rig.Network.Scheduler);
        _rig.Run(1);
        var granted = alice.Send(alice.Register($"{alice.Contact};expires=600"));

        Assert.Equal(401, Assert.Single(challenge.Values).StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(20), challenge.EndedAfter);
        Assert.Equal(["SHA-256", "MD5"], challenge.Values[0].WwwAuthenticate.Select(one => one.Get("algorithm")));
        Assert.All(challenge.Values[0].WwwAuthenticate, one => Assert.Equal("example.test", one.Get("realm")));
        Assert.Equal(200, granted.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(600), Assert.Single(granted.Contacts).Expires);
        Assert.NotNull(granted.AuthenticationInfo);
        Assert.Equal(VirtualTime.Beginning.AddSeconds(1), granted.Date);
        Assert.Equal("alice", Assert.Single(_rig.Server.Bindings).User);
    }

    [Theory]
    [InlineData(null, null, 3600)]
    [InlineData("120", null, 120)]
    [InlineData("120", "60", 60)]
    [InlineData("86400", null, 3600)]
    [InlineData("4294967295", null, 3600)]
    public void The_time_comes_from_the_contact_then_from_Expires_then_from_the_server(string? header, string? parameter, int granted)
    {
        var carol = _rig.Device("carol");
        var request = carol.Register(carol.Contact + (parameter is null ? "" : $";expires={parameter}"));

        var response = carol.Send(header is null ? request : request.WithHeader("Expires", header));

        Assert.Equal(TimeSpan.FromSeconds(granted), response.Contacts[0].Expires);
    }

    [Fact]
    public void A_binding_expires_at_the_instant_it_was_granted_until()
    {
        var changes = _rig.Server.BindingChanges.Record(_rig.Network.Scheduler);
        var carol = _rig.Device("carol");
        carol.Send(carol.Register($"{carol.Contact};expires=60"));

        _rig.Run(59.989);
        Assert.Single(_rig.Server.BindingsOf("carol"));
        _rig.Run(0.001);

        Assert.Empty(_rig.Server.BindingsOf("carol"));
        Assert.Equal([ServerBindingChangeKind.Added, ServerBindingChangeKind.Expired], changes.Values.Select(change => change.Kind));
        Assert.Equal([0.01, 60.01], changes.Instants.Select(instant => instant.TotalSeconds));
    }

    [Fact]
    public void A_refresh_extends_a_binding_and_keeps_it_one()
    {
        var changes = _rig.Server.BindingChanges.Record(_rig.Network.Scheduler);
        var carol = _rig.Device("carol");
        carol.Send(carol.Register($"{carol.Contact};expires=60"));
        _rig.Run(50);
        carol.Send(carol.Register($"{carol.Contact};expires=60"));
        _rig.Run(55);

        Assert.Single(_rig.Server.BindingsOf("carol"));
        Assert.Equal([ServerBindingChangeKind.Added, ServerBindingChangeKind.Refreshed], changes.Values.Select(change => change.Kind));
    }

    [Fact]
    public void Several_devices_are_listed_each_with_the_time_it_has_left()
    {
        var carol = _rig.Device("carol");
        carol.Send(carol.Register("<sip:carol@192.0.2.1>;expires=100;q=0.5"));
        _rig.Run(10);

        var response = carol.Send(carol.Register("<sip:carol@192.0.2.2>;expires=100"));

        Assert.Equal(["<sip:carol@192.0.2.1>;q=0.5;expires=90", "<sip:carol@192.0.2.2>;expires=100"], response.Contacts.Select(contact => contact.ToString()));
    }

    [Fact]
    public void A_register_without_contact_only_asks()
    {
        var carol = _rig.Device("carol");
        carol.Send(carol.Register(carol.Contact));

        Assert.Single(carol.Send(carol.Register()).Contacts);
    }

    [Fact]
    public void A_contact_that_expires_now_is_removed_and_others_stay()
    {
        var carol = _rig.Device("carol");
        carol.Send(carol.Register("<sip:carol@192.0.2.1>", "<sip:carol@192.0.2.2>"));

        var response = carol.Send(carol.Register("<sip:carol@192.0.2.1>;expires=0"));

        Assert.Equal("192.0.2.2", Assert.Single(response.Contacts).Uri.Host);
    }

    [Fact]
    public void The_wildcard_removes_all()
    {
        var carol = _rig.Device("carol");
        carol.Send(carol.Register("<sip:carol@192.0.2.1>", "<sip:carol@192.0.2.2>"));

        var response = carol.Send(carol.Register("*").WithHeader("Expires", "0"));

        Assert.Equal(200, response.StatusCode);
        Assert.Empty(response.Contacts);
        Assert.Empty(_rig.Server.Bindings);
    }

    [Theory]
    [InlineData("60", "*")]
    [InlineData(null, "*")]
    [InlineData("0", "*", "<sip:carol@192.0.2.1>")]
    public void A_wildcard_that_does_not_stand_alone_with_Expires_0_is_refused(string? expires, params string[] contacts)
    {
        var carol = _rig.Device("carol");
        carol.Send(carol.Register(carol.Contact));
        var request = carol.Register(contacts);

        Assert.Equal(400, carol.Send(expires is null ? request : request.WithHeader("Expires", expires)).StatusCode);
        Assert.Single(_rig.Server.Bindings);
    }

    [Fact]
    public void A_register_that_was_overtaken_changes_nothing()
    {
        var carol = _rig.Device("carol");
        var early = carol.Register("<sip:carol@192.0.2.7>", $"{carol.Contact};expires=0");
        carol.Send(carol.Register(carol.Contact));

        Assert.Equal(500, carol.Send(early).StatusCode);
        Assert.Equal("<sip:carol@10.0.0.2:5060;transport=udp>", Assert.Single(_rig.Server.Bindings).Contact.ToString());
    }

    [Fact]
    public void The_same_instance_is_one_device_whatever_its_address()
    {
        var carol = _rig.Device("carol");
        carol.Send(carol.Register("<sip:carol@192.0.2.1:49152>;+sip.instance=\"<urn:uuid:1>\";reg-id=1"));

        var response = carol.Send(carol.Register("<sip:carol@192.0.2.1:49153>;+sip.instance=\"<urn:uuid:1>\";reg-id=1"));

        Assert.Equal(49153, Assert.Single(response.Contacts).Uri.Port);
    }

    [Theory]
    [InlineData(29, 423)]
    [InlineData(30, 200)]
    [InlineData(0, 200)]
    public void Too_short_a_time_is_answered_with_the_shortest_there_is(int expires, int status)
    {
        _rig.Server.MinExpires = TimeSpan.FromSeconds(30);
        var carol = _rig.Device("carol");

        var response = carol.Send(carol.Register($"{carol.Contact};expires={expires}"));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == 423 ? TimeSpan.FromSeconds(30) : null, response.MinExpires);
    }

    [Theory]
    [InlineData("sip:elsewhere.test", "<sip:carol@example.test>", 403, "elsewhere.test is not served here, example.test is")]
    [InlineData("sip:example.test", "<sip:carol@elsewhere.test>", 403, "carol@elsewhere.test is of a domain that is not served here")]
    [InlineData("sip:example.test", "<sip:nobody@example.test>", 404, "nobody@example.test has no account on this server")]
    [InlineData("tel:+1", "<sip:carol@example.test>", 416, "only sip and sips are served")]
    public void What_is_not_served_is_refused_with_a_reason_for_people(string uri, string to, int status, string why)
    {
        var carol = _rig.Device("carol");

        var response = carol.Send(carol.Make(SipMethod.Register, uri, to));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(why, Assert.Single(response.Warnings).Text);
    }

    [Theory]
    [InlineData("sip:%63arol@example.test")]
    [InlineData("sip:carol@EXAMPLE.test;transport=tcp")]
    [InlineData("sip:carol@10.0.0.1")]
    public void An_address_of_record_is_the_same_however_it_is_written(string aor)
    {
        var carol = _rig.Device("carol");

        Assert.Equal(200, carol.Send(carol.Make(SipMethod.Register, "sip:10.0.0.1", $"<{aor}>").WithHeader("Contact", carol.Contact)).StatusCode);
        Assert.Single(_rig.Server.BindingsOf("carol"));
    }

    [Fact]
    public void Nobody_registers_for_somebody_else()
    {
        var alice = _rig.Device("alice");

        var response = alice.Send(alice.Make(SipMethod.Register, "sip:example.test", "<sip:bob@example.test>").WithHeader("Contact", alice.Contact));

        Assert.Equal(403, response.StatusCode);
        Assert.Equal("alice can't act for bob", Assert.Single(response.Warnings).Text);
        Assert.Empty(_rig.Server.Bindings);
    }

    [Fact]
    public void A_wrong_password_is_challenged_again()
    {
        var alice = new Device(_rig.Network, _rig.Server, "alice", SipTransportType.Udp, "wrong");

        Assert.Equal(401, alice.Send(alice.Register(alice.Contact)).StatusCode);
        Assert.Empty(_rig.Server.Bindings);
    }

    [Fact]
    public void Extensions_it_does_not_know_are_named()
    {
        var carol = _rig.Device("carol");

        var response = carol.Send(carol.Register(carol.Contact).WithHeader("Require", "gruu, path"));

        Assert.Equal(420, response.StatusCode);
        Assert.Equal(["gruu", "path"], response.Unsupported);
    }

    [Fact]
    public void A_user_has_so_many_bindings_and_no_more()
    {
        var carol = _rig.Device("carol");
        string[] contacts = [.. Enumerable.Range(1, 11).Select(number => $"<sip:carol@192.0.2.{number}>")];

        Assert.Equal(403, carol.Send(carol.Register(contacts)).StatusCode);
        Assert.Empty(_rig.Server.Bindings);
        Assert.Equal(200, carol.Send(carol.Register(contacts[..10])).StatusCode);
    }

    [Fact]
    public void Nothing_is_left_of_server_and_devices()
    {
        _rig.Registered("alice");
        _rig.Registered("bob", SipTransportType.Tcp);
        _rig.Run(100);

        _rig.Network.AssertNothingLeft();
    }
}
