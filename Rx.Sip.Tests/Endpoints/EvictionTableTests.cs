using System.Text;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Scenarios;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>Every row of the document's table of what a registrar says by itself, with an endpoint at a registrar that says it.</summary>
public sealed class EvictionTableTests
{
    private static IReadOnlyList<string[]> Rows => MarkdownTable.Read(Repository.Path("Rx.Sip", "Registration", "README.md"), "event");

    public static TheoryData<string, string, string, string, string> All()
    {
        var data = new TheoryData<string, string, string, string, string>();
        foreach (var row in Rows)
            foreach (var source in row[1].Split(','))
            {
                data.Add(row[0].Trim('`'), source.Trim(' ', '`'), row[2], "Backoff", row[3]);
                data.Add(row[0].Trim('`'), source.Trim(' ', '`'), row[2], "None", row[4]);
            }
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_a_registrar_says_leads_to_what_the_document_says(string happens, string source, string kind, string policy, string endpoint)
    {
        var settings = new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
        {
            Recovery = policy == "None" ? new RecoveryPolicy.None() : RecoveryPolicy.Default,
            AuthenticationProtocols = SipAuthenticationProtocols.Digest | SipAuthenticationProtocols.Ntlm,
            RefreshWindow = new RefreshWindow(0.9, 0.9),
        };
        if (source == "reg")
            ByEvents(happens, settings, alice => AssertIs(kind, endpoint, alice));
        else
            ByNotice(happens, settings, alice => AssertIs(kind, endpoint, alice));
    }

    [Fact]
    public void A_notice_is_answered_and_nothing_else_in_its_place_is_taken() => Noticed(new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
    {
        AuthenticationProtocols = SipAuthenticationProtocols.Ntlm,
    }, (stage, alice, send) =>
    {
        Assert.Equal(200, send(notice => notice.WithBody("text/registration-event", "registered"u8.ToArray())));
        Assert.Equal(200, send(notice => notice.WithBody("text/plain", "deregistered;event=rejected"u8.ToArray())));
        Assert.Equal(489, send(notice => notice.WithHeader("Event", "presence")));
        Assert.Equal(481, send(notice => notice.WithHeader("To", "<sip:alice@example.test>;tag=guessed")));
        Assert.Equal(481, send(notice => notice.WithHeader("Call-ID", "guessed")));
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    [Fact]
    public void An_endpoint_that_speaks_Digest_alone_knows_no_notices() => Noticed(new UserEndpointSettings("sip:alice@example.test", "example.test", 0), (stage, alice, send) =>
    {
        Assert.Equal(481, send(notice => notice));
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    private static void ByEvents(string happens, UserEndpointSettings settings, Action<UserEndpoint> then) => SimulatedNetwork.Check(3, world =>
    {
        var server = world.StartServer(new EmbeddedServerSettings("example.test").WithRegistrationEvents(true).WithUser("alice"));
        var alice = world.Alice(SipTransportType.Tcp, settings);
        world.RunFor(TimeSpan.FromMinutes(1));
        switch (happens)
        {
            case "a list without us, who were listed":
                server.Forget("alice");
                // The SUBSCRIBE that refreshes brings a full list.
                world.RunUntil(() => alice.CurrentState is not EndpointState.Established, TimeSpan.FromMinutes(53));
                break;
            case "shortened":
                server.Shorten("alice", TimeSpan.FromMinutes(1));
                world.RunFor(TimeSpan.FromSeconds(5));
                Assert.Equal(2, world.Registers().Count);
                break;
            default:
                server.Deregister("alice", Enum.Parse<ServerBindingChangeKind>(happens == "unregistered" ? "Removed" : happens, ignoreCase: true));
                world.RunFor(TimeSpan.FromSeconds(5));
                break;
        }
        then(alice);
        world.AssertNothingLeft();
    });

    private static void ByNotice(string happens, UserEndpointSettings settings, Action<UserEndpoint> then) => Noticed(settings, (_, alice, send) =>
    {
        var body = Encoding.UTF8.GetBytes($"deregistered;event={(happens == "any other" ? "unheard-of" : happens)}\r\n");
        Assert.Equal(200, send(notice => notice.WithBody("text/registration-event", body)));
        then(alice);
    });

    private static void Noticed(UserEndpointSettings settings, Action<Stage, UserEndpoint, Func<Func<SipRequest, SipRequest>, int>> story)
    {
        var stage = new Stage();
        var registrar = stage.StartRegistrar().Endpoints[0];
        stage.Answer = request => Stage.Grant(request).WithHeader("Contact", request.Request.Headers.Get("Contact")!);
        var alice = stage.User("alice", SipTransportType.Udp, settings);
        alice.Establish().Subscribe(_ => { }, _ => { });
        stage.World.RunFor(TimeSpan.FromMinutes(1));
        var register = stage.Heard[0].Request;
        var notice = SipRequest.Create(
                SipMethod.Notify, register.Contacts[0].Uri, register.To!.WithTag("server"), register.From!, register.CallId!, 1)
            .WithHeader("Event", "registration-notify").WithHeader("Subscription-State", "terminated;expires=0").WithHeader("Contact", "<sip:example.test>");
        story(stage, alice, change =>
        {
            using var answer = registrar.Send(change(notice)).Record(stage.World.Scheduler);
            stage.World.RunFor(TimeSpan.FromSeconds(5));
            return answer.Values[^1].StatusCode;
        });
        stage.World.AssertNothingLeft();
    }

    private static void AssertIs(string kind, string endpoint, UserEndpoint alice)
    {
        var (name, cause) = alice.CurrentState switch
        {
            EndpointState.Terminated over => ($"Terminated ({over.Reason})", over.Cause),
            EndpointState.Reestablishing again => ("Reestablishing", again.Cause),
            var state => (state.GetType().Name, (RegistrationFailure?)null),
        };
        Assert.Equal((endpoint, kind), (name, cause?.Kind.ToString() ?? ""));
    }
}
