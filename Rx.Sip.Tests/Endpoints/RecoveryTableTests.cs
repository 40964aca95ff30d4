using System.Net;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>Every row of the document's table of policies, with an endpoint at a registrar.</summary>
public sealed class RecoveryTableTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Stage _stage = new();
    private readonly BehaviorSubject<bool> _network = new(true);

    private static IReadOnlyList<string[]> Rows => MarkdownTable.Read(Repository.Path("Rx.Sip", "Registration", "README.md"), "policy");

    public static TheoryData<string, string, string, string> All()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var row in Rows)
            foreach (var policy in row[0] == "any" ? ["Backoff", "SingleRefresh", "None"] : (string[])[row[0]])
                data.Add(policy, row[1], row[2], row[3]);
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_policy_leads_to_what_the_document_says(string policy, string happens, string registration, string endpoint)
    {
        _stage.StartRegistrar();
        _stage.Answer = Granting;
        var alice = User(policy, hasCredential: happens == "the server never asks for the credentials");
        using var establishing = alice.Establish().Subscribe(_ => { }, _ => { });
        Act(happens, alice);
        Assert.Equal((registration, endpoint), (Registration(alice).GetType().Name, Name(alice.CurrentState)));
    }

    [Fact]
    public void The_table_speaks_of_every_policy_state_and_reason()
    {
        foreach (var policy in typeof(RecoveryPolicy).GetNestedTypes())
            Assert.Contains(Rows, row => row[0] == policy.Name);
        foreach (var reason in Enum.GetNames<TerminationReason>())
            Assert.Contains(Rows, row => row[3] == $"Terminated ({reason})");
    }

    public void Dispose() => _network.Dispose();

    private UserEndpoint User(string policy, bool hasCredential) => _stage.User("alice", SipTransportType.Tls, new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
    {
        // Refreshed after half an hour; waits of 10 to 20 minutes, so that a granted hour outlasts two of them and no more.
        RefreshWindow = new RefreshWindow(0.5, 0.5),
        Recovery = policy switch
        {
            "SingleRefresh" => new RecoveryPolicy.SingleRefresh(),
            "None" => new RecoveryPolicy.None(),
            _ => new RecoveryPolicy.Backoff(5 * Minute, 10 * Minute),
        },
        MaxRegisterRetries = policy.EndsWith("2 retries", StringComparison.Ordinal) ? 2 : null,
        NetworkAvailable = _network,
        Credential = hasCredential ? new NetworkCredential("alice", "secret") : null,
    });

    private void Act(string happens, UserEndpoint alice)
    {
        var server = _stage.World.Host("example.test");
        server.TlsFailure = happens.StartsWith("the first attempt meets", StringComparison.Ordinal) ? TlsFailureReason.CertificateExpired : null;
        if (happens.StartsWith("the first attempt", StringComparison.Ordinal) || happens.StartsWith("the server", StringComparison.Ordinal))
        {
            _network.OnNext(!happens.EndsWith("no network", StringComparison.Ordinal));
            Answer(happens);
            _stage.Run();
            return;
        }
        // Long enough to have stood: what is lost at once counts as a failure.
        _stage.World.RunFor(Minute);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Answer(happens);
        if (happens.StartsWith("the connection is lost", StringComparison.Ordinal))
        {
            server.TlsFailure = happens.Contains("prove", StringComparison.Ordinal) ? TlsFailureReason.IncorrectNameInRemoteCertificate : null;
            server.DropConnections();
        }
        else if (happens.StartsWith("the network is away", StringComparison.Ordinal))
            _network.OnNext(false);
        else if (happens == "it is unregistered")
            alice.InnerEndpoint.Unregister().Subscribe();
        else if (happens == "it is terminated")
            alice.Terminate().Subscribe();
        else if (happens == "the platform is shut down")
            _stage.World.Await(_stage.PlatformOf(alice).ShutdownAsync());
        _stage.World.RunFor(Time(happens));
    }

    private void Answer(string happens) => _stage.Answer = happens switch
    {
        _ when happens.EndsWith("403", StringComparison.Ordinal) => request => request.CreateResponse(403),
        _ when happens.EndsWith("404", StringComparison.Ordinal) => request => request.CreateResponse(404),
        _ when happens.EndsWith("401", StringComparison.Ordinal) => request => request.CreateResponse(401).WithHeader("WWW-Authenticate", "Digest realm=\"a\", nonce=\"b\""),
        _ when happens.EndsWith("redirected to nowhere", StringComparison.Ordinal) => request => request.CreateResponse(301),
        "a refresh finds others in our place" => request => request.CreateResponse(200).WithHeader("Contact", "<sip:alice@198.51.100.7>"),
        "the first attempt fails for now" or "the granted time runs out" => request => request.CreateResponse(500),
        "the first attempt is granted no time" => request => Stage.Grant(request, 0),
        _ when happens.Contains("fail", StringComparison.Ordinal) => request => request.CreateResponse(500),
        _ => Granting,
    };

    private static SipResponse Granting(IncomingRequest request) => Stage.Grant(request).WithHeader("Contact", request.Request.Headers.Get("Contact")!);

    private static TimeSpan Time(string happens) => happens switch
    {
        "a refresh fails and 1 retry" => 41 * Minute,
        "a refresh fails and 2 retries" => 55 * Minute,
        "the connection is lost and 3 tries fail" => 40 * Minute,
        "the connection is lost and a try fails" or "the connection is lost and a try succeeds" or "the connection is lost and the server can't prove its name any more" => 6 * Minute,
        _ when happens.StartsWith("a refresh", StringComparison.Ordinal) || happens.EndsWith("refresh is due", StringComparison.Ordinal) => 31 * Minute,
        _ when happens.EndsWith("runs out", StringComparison.Ordinal) => 61 * Minute,
        _ => TimeSpan.FromSeconds(5),
    };

    private RegistrationState Registration(UserEndpoint alice)
    {
        using var recording = Rx.Sip.Testing.ObservableTestExtensions.Record(alice.Registration, _stage.World.Scheduler);
        _stage.World.RunFor(TimeSpan.Zero);
        return recording.Values[^1];
    }

    private static string Name(EndpointState state) =>
        state is EndpointState.Terminated over ? $"Terminated ({over.Reason})" : state.GetType().Name;
}
