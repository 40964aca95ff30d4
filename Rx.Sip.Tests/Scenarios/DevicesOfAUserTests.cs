using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Bindings;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>One user, several devices: each is known by its instance, can be called alone, and sees what the others bind.</summary>
public sealed class DevicesOfAUserTests
{
    private const string Bob = "sip:bob@example.test";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_public_GRUU_calls_one_device_of_several_and_is_its_Contact_from_then_on() => Tell((stage, tablet) =>
    {
        using var atTablet = tablet.Messages.Record(stage.World.Scheduler);
        var gruu = TermsOf(stage).PublicGruu!;
        Assert.Equal($"sip:alice@example.test;gr=urn:uuid:{stage.Alice.InnerEndpoint.SipInstance}", gruu.ToString());
        Assert.Equal(gruu, stage.Alice.InnerEndpoint.Contact!.Uri);
        Assert.Equal(200, stage.Send(stage.Bob, gruu.ToString(), "you alone"));
        Assert.Equal(200, stage.Send(stage.Bob, "sip:alice@example.test", "all of you"));
        Assert.Equal(["you alone", "all of you"], stage.AtAlice.Values.Select(message => message.Text));
        Assert.Equal("all of you", Assert.Single(atTablet.Values).Text);
    });

    [Fact]
    public void A_temporary_GRUU_tells_nothing_changes_with_each_refresh_and_stays_good() => Tell((stage, _) =>
    {
        var before = TermsOf(stage).TemporaryGruu!;
        stage.World.RunFor(TimeSpan.FromHours(1));
        var after = TermsOf(stage).TemporaryGruu!;
        Assert.NotEqual(before, after);
        Assert.DoesNotContain("alice", $"{before} {after}", StringComparison.Ordinal);
        Assert.Equal((200, 200), (stage.Send(stage.Bob, before.ToString(), "by the old"), stage.Send(stage.Bob, after.ToString(), "by the new")));
        Assert.Equal(["by the old", "by the new"], stage.AtAlice.Values.Select(message => message.Text));
    });

    [Fact]
    public void A_request_that_begins_a_dialog_gets_a_Contact_and_all_get_the_route_the_registrar_wants() => Tell((stage, _) =>
    {
        using var requests = stage.Server.Requests.Record(stage.World.Scheduler);
        var subscribe = SipRequest.Create(
            SipMethod.Subscribe, SipUri.Parse(Bob), NameAddress.Parse("<sip:alice@example.test>;tag=a"), NameAddress.Parse($"<{Bob}>"), "dialog", 1);
        stage.Alice.Send(subscribe).Subscribe();
        stage.Send(stage.Alice, Bob, "hello");
        var seen = requests.Values.Where(request => request.Request.From?.Uri.User == "alice" && request.Response?.StatusCode != 407).ToList();
        Assert.Equal(["SUBSCRIBE", "MESSAGE"], seen.Select(request => request.Request.Method.Name));
        Assert.All(seen, request => Assert.Equal(["sip:example.test;transport=tcp;lr;home"], request.Request.Routes.Select(route => route.Uri.ToString())));
        Assert.Equal(TermsOf(stage).PublicGruu, Assert.Single(seen[0].Request.Contacts).Uri);
        Assert.Empty(seen[1].Request.Contacts);
    }, settings => settings.WithServiceRoute("<sip:example.test;transport=tcp;lr;home>"));

    [Fact]
    public void What_an_application_wrote_itself_stays() => Tell((stage, _) =>
    {
        using var requests = stage.Server.Requests.Record(stage.World.Scheduler);
        var subscribe = SipRequest.Create(
                SipMethod.Subscribe, SipUri.Parse(Bob), NameAddress.Parse("<sip:alice@example.test>;tag=a"), NameAddress.Parse($"<{Bob}>"), "dialog", 1)
            .WithHeader("Contact", "<sip:mine@192.0.2.1>").WithHeader("Route", "<sip:example.test;lr;mine>");
        stage.Alice.Send(subscribe).Subscribe();
        stage.World.RunFor(TimeSpan.FromSeconds(1));
        var seen = requests.Values.Last(request => request.Request.Method == SipMethod.Subscribe).Request;
        Assert.Equal(("sip:mine@192.0.2.1", "sip:example.test;lr;mine"), (seen.Contacts[0].Uri.ToString(), Assert.Single(seen.Routes).Uri.ToString()));
    }, settings => settings.WithServiceRoute("<sip:example.test;lr;home>"));

    [Fact]
    public void Each_answer_to_a_registration_tells_what_all_devices_have_bound() => Tell((stage, tablet) =>
    {
        using var sets = tablet.InnerEndpoint.BindingSet.Record(stage.World.Scheduler);
        stage.World.RunFor(TimeSpan.FromSeconds(1));
        var set = sets.Values[^1];
        Assert.Equal((3, 2), (set.Bindings.Length, set.Others.Count()));
        Assert.All(set.Others, other => Assert.Equal($"<urn:uuid:{stage.Alice.InnerEndpoint.SipInstance}>", other.Instance));
        stage.World.Await(stage.Alice.TerminateAsync());
        Assert.Empty(Ask(stage, tablet.InnerEndpoint.FetchBindings()).Others);
        Assert.Empty(sets.Values[^1].Others);
    });

    [Fact]
    public void Who_asks_late_is_told_what_the_latest_answer_told() => Tell((stage, tablet) =>
    {
        using var early = stage.Alice.InnerEndpoint.BindingSet.Record(stage.World.Scheduler);
        stage.World.RunFor(TimeSpan.FromHours(1));
        using var late = tablet.InnerEndpoint.BindingSet.Record(stage.World.Scheduler);
        stage.World.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal((3, 1, 3, 2), (early.Values[^1].Bindings.Length, early.Values[^1].Others.Count(), late.Values[0].Bindings.Length, late.Values[0].Others.Count()));
        stage.World.Await(tablet.TerminateAsync());
        Assert.True(late.IsCompleted);
        using var tooLate = tablet.InnerEndpoint.Outbound.Record(stage.World.Scheduler);
        stage.World.RunFor(TimeSpan.FromSeconds(1));
        Assert.True(tooLate.IsCompleted);
    });

    [Fact]
    public void A_device_that_was_lost_is_taken_away_by_another_one() => Tell((stage, tablet) =>
    {
        stage.World.Partition("alice02");
        var lost = Ask(stage, stage.Alice.InnerEndpoint.FetchBindings()).Others.Single();
        var left = Ask(stage, stage.Alice.InnerEndpoint.RemoveBinding(lost));
        Assert.Equal((2, 0), (left.Bindings.Length, left.Others.Count()));
        Assert.Equal(["1", "2"], stage.RegIds);
        stage.World.Heal();
    });

    [Fact]
    public void Leaving_for_all_devices_leaves_nothing_bound() => Tell((stage, tablet) =>
    {
        Assert.Empty(Ask(stage, stage.Alice.InnerEndpoint.UnregisterAll()).Bindings);
        Assert.Empty(stage.Server.BindingsOf("alice"));
        Assert.IsType<EndpointState.Idle>(stage.Alice.CurrentState);
        // She can come back.
        stage.Alice.Establish().Subscribe();
        stage.World.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(["1", "2"], stage.RegIds);
        stage.World.Await(tablet.TerminateAsync());
    });

    [Fact]
    public void A_registrar_that_refuses_or_is_silent_is_an_error_of_the_question_alone() => Tell((stage, _) =>
    {
        stage.Server.Faults.AnswerNext(SipMethod.Register, 403);
        using var refused = stage.Alice.InnerEndpoint.FetchBindings().Record(stage.World.Scheduler);
        stage.World.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(403, Assert.IsType<RegisterException>(refused.Error).Response?.StatusCode);
        stage.Server.Faults.IgnoreNext(SipMethod.Register, 1);
        using var silent = stage.Alice.InnerEndpoint.FetchBindings().Record(stage.World.Scheduler);
        stage.World.RunFor(Minute);
        Assert.NotNull(silent.Error);
        Assert.IsType<EndpointState.Established>(stage.Alice.CurrentState);
        stage.World.Await(stage.Alice.TerminateAsync());
        using var late = stage.Alice.InnerEndpoint.FetchBindings().Record(stage.World.Scheduler);
        stage.World.RunFor(TimeSpan.FromSeconds(1));
        Assert.IsType<InvalidOperationException>(late.Error);
    });

    [Theory]
    [InlineData(SipAuthenticationProtocols.Digest, null)]
    [InlineData(SipAuthenticationProtocols.Digest | SipAuthenticationProtocols.Ntlm, "01010101")]
    public void For_Office_Communications_Server_every_From_names_the_endpoint(SipAuthenticationProtocols protocols, string? epid) => SimulatedNetwork.Check(1, world =>
    {
        var server = world.StartServer(new EmbeddedServerSettings("example.test").WithUser("alice").WithUser("bob"));
        using var requests = server.Requests.Record(world.Scheduler);
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Tcp) { Connections = world.Connections("alice") }));
        var alice = new UserEndpoint(
            platform, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { AuthenticationProtocols = protocols, EndpointId = "01010101" });
        alice.Establish().Subscribe();
        world.RunFor(TimeSpan.FromSeconds(1));
        alice.SendMessage(Bob, "hello").Subscribe();
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal([epid, epid], requests.Values.Select(request => request.Request.From?.Parameters.Get("epid")));
        Assert.Equal("<urn:uuid:4b1682a8-f968-5701-83fc-7c6741dc6697>", Assert.Single(server.BindingsOf("alice")).Instance);
        world.AssertNothingLeft();
    });

    private static BindingSet Ask(OutboundStage stage, IObservable<BindingSet> question)
    {
        using var answer = question.Record(stage.World.Scheduler);
        stage.World.RunFor(TimeSpan.FromSeconds(1));
        return Assert.Single(answer.Values);
    }

    private static BindingTerms TermsOf(OutboundStage stage) =>
        Assert.IsType<RegistrationState.Registered>(stage.Flows[0].State).Binding.Terms;

    private static void Tell(Action<OutboundStage, UserEndpoint> story, Func<EmbeddedServerSettings, EmbeddedServerSettings>? change = null) => OutboundStage.Tell(stage =>
    {
        var tablet = stage.User("alice", "alice02", SipTransportType.Tcp, []);
        stage.World.RunFor(TimeSpan.FromSeconds(1));
        story(stage, tablet);
    }, change: settings => (change ?? (same => same))(settings.WithGivesGruus(true)));
}
