using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>Registrars that send us elsewhere (RFC 3261 §21.3), and servers that give way to others (RFC 3263 §4.3).</summary>
public class RegistrationRedirectionTests
{
    [Fact]
    public void A_redirection_is_followed_and_stays_until_something_fails()
    {
        var (there, rig) = (SipUri.Parse("sip:registrar2.example.test"), new RegistrationRig());
        rig.Answer = request => request.RequestUriText == "sip:example.test" ? request.Answer(302).WithHeader("Contact", $"<{there}>") : RegistrationRig.Ok(request);
        using (rig.Start())
        {
            Assert.Equal(there, Assert.IsType<RegistrationState.Registered>(rig.State).Binding.Registrar);
            while (rig.Registers.Count < 3)
                rig.Time.AdvanceBy(TimeSpan.FromSeconds(1));
            rig.Answer = request => request.Answer(503);
            while (rig.Registers.Count < 5)
                rig.Time.AdvanceBy(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(
            ["sip:example.test", there.ToString(), there.ToString(), there.ToString(), "sip:example.test"],
            rig.Registers.Select(register => register.RequestUriText).Take(5));
        Assert.Equal([null, there, there, there, null], rig.Access.Hops.Take(5));
        Assert.Single(rig.Registers.Select(register => register.To!.ToString()).Distinct());
    }

    [Fact]
    public void The_registrar_is_named_by_the_redirection_without_a_user_and_its_port_and_transport_are_kept()
    {
        using var rig = new RegistrationRig
        {
            Answer = request => request.RequestUriText == "sip:example.test"
                ? request.Answer(301).WithHeader("Contact", "<sip:alice:pw@there.test:5070;transport=tcp;method=REGISTER?Subject=x>")
                : RegistrationRig.Ok(request),
        }.Start();
        Assert.Equal("sip:there.test:5070;transport=tcp", rig.Registers[1].RequestUriText);
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void A_305_names_a_proxy_behind_which_the_registrar_is_asked()
    {
        using var rig = new RegistrationRig();
        rig.Answer = request => rig.Access.Hops[^1] is null ? request.Answer(305).WithHeader("Contact", "<sip:proxy.test;lr>") : RegistrationRig.Ok(request);
        rig.Start();
        Assert.Equal(["sip:example.test", "sip:example.test"], rig.Registers.Select(register => register.RequestUriText));
        Assert.Equal([null, SipUri.Parse("sip:proxy.test;lr")], rig.Access.Hops);
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void Of_several_contacts_the_preferred_one_that_may_be_gone_to_is_taken()
    {
        using var rig = new RegistrationRig
        {
            Answer = request => request.RequestUriText == "sip:example.test"
                ? request.Answer(302).WithHeader("Contact", "<sip:worst.test>;q=0.1, <sip:better.test>;q=0.5, <tel:+123>, <sip:forbidden.test>;q=0.9, <sip:odd.test>;q=x;q=0.2")
                : RegistrationRig.Ok(request),
        };
        rig.Access.IsAccepted = uri => uri.Host is not ("forbidden.test" or "odd.test");
        rig.Start();
        Assert.Equal("sip:better.test", rig.Registers[1].RequestUriText);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(305)]
    public void A_redirection_to_nowhere_ends_it_with_that_reason(int status)
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(status).WithHeader("Contact", "<sip:insecure.test>") };
        rig.Access.IsAccepted = _ => false;
        rig.Start();
        Assert.Equal(RegistrationFailureKind.Moved, Assert.IsType<RegistrationState.Unregistered>(rig.State).Cause!.Kind);
        Assert.Single(rig.Registers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void Redirections_in_a_circle_are_followed_as_often_as_is_set(int most)
    {
        var rig = new RegistrationRig { Answer = request => request.Answer(301).WithHeader("Contact", "<sip:round.test>") };
        rig.Settings = rig.Settings with { MaximumRedirections = most };
        using (rig.Start())
            Assert.Equal("Unregistered (301 Moved Permanently)", rig.State.ToString());
        Assert.Equal(most + 1, rig.Registers.Count);
    }

    [Fact]
    public void Each_refresh_may_be_redirected_anew()
    {
        var turn = 0;
        var rig = new RegistrationRig { Answer = request => turn++ % 3 < 2 ? request.Answer(302).WithHeader("Contact", $"<sip:r{turn}.test>") : RegistrationRig.Ok(request) };
        using (rig.Start())
            rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.All(rig.States.Skip(1), state => Assert.True(state is RegistrationState.Registered or RegistrationState.Refreshing));
    }

    [Fact]
    public void Leaving_goes_to_where_the_registrar_sent_us()
    {
        var rig = new RegistrationRig { Answer = request => request.RequestUriText == "sip:example.test" ? request.Answer(302).WithHeader("Contact", "<sip:there.test>") : RegistrationRig.Ok(request) };
        using (rig.Start())
            rig.Leave.OnNext(default);
        Assert.Equal("sip:there.test", rig.Registers[^1].RequestUriText);
        Assert.True(rig.IsCompleted);
    }

    [Theory]
    [InlineData(503, false)]
    [InlineData(503, true)]
    [InlineData(408, true)]
    public void A_server_that_fails_gives_way_to_the_others_at_once_and_within_the_same_attempt(int status, bool isLocal)
    {
        using var rig = new RegistrationRig { Answer = request => isLocal ? SipResponse.Local(request, status, null) : request.Answer(status) };
        rig.Access.Alternatives = 2;
        rig.Start();
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero], rig.Instants);
        Assert.Equal(2, Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Attempt);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(408)]
    [InlineData(600)]
    public void A_server_that_answers_something_else_is_not_left(int status)
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(status) };
        rig.Access.Alternatives = 2;
        rig.Start();
        Assert.Single(rig.Registers);
        Assert.Equal(2, rig.Access.Alternatives);
    }

    [Fact]
    public void Servers_without_end_are_not_tried_without_end()
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(503) };
        rig.Access.Alternatives = int.MaxValue;
        rig.Start();
        Assert.Equal(9, rig.Registers.Count);
        Assert.IsType<RegistrationState.WaitingForRetry>(rig.State);
    }

    [Fact]
    public void Of_several_servers_that_fail_the_one_that_wants_the_longest_rest_decides()
    {
        var rests = new Queue<int>([10, 900, 20]);
        using var rig = new RegistrationRig { Answer = request => request.Answer(503).WithHeader("Retry-After", $"{rests.Dequeue()}") };
        rig.Access.Alternatives = 2;
        rig.Start();
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(900), Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Due);
        rig.Answer = RegistrationRig.Ok;
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(901));
        rig.FlowLost.OnNext(null);
        // Once that is over it counts for nothing.
        Assert.InRange(Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Due - rig.Time.Now, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void The_way_that_a_success_came_by_is_the_one_that_is_kept()
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(503) }.Start();
        Assert.Equal(0, rig.Access.Settled);
        rig.Answer = RegistrationRig.Ok;
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(5));
        Assert.Equal(1, rig.Access.Settled);
        Assert.Equal(SipUri.Parse("sip:192.0.2.254"), Assert.IsType<RegistrationState.Registered>(rig.State).Binding.Server);
    }
}
