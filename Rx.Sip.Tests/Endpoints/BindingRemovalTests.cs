using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>A user's devices that see each other and take each other's bindings away.</summary>
public sealed class BindingRemovalTests
{
    private readonly SimulatedNetwork _world = new(3);
    private readonly EmbeddedServer _server;
    private readonly SipEndpoint _desk;
    private readonly SipEndpoint _phone;

    public BindingRemovalTests()
    {
        _server = _world.StartServer("example.test", ["alice"]);
        _desk = Device("desk");
        _phone = Device("phone");
        _world.Await(_desk.EstablishAsync());
        _world.Await(_phone.EstablishAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void One_device_sees_the_other_and_removes_it_alone()
    {
        var other = Assert.Single(Registered(_phone).Binding.Others);
        var response = _world.Await(_phone.RemoveBinding(other.Uri).ToTask());
        Assert.Equal(200, response.StatusCode);
        Assert.Contains("phone", Assert.Single(_server.BindingsOf("alice")).Contact.ToString(), StringComparison.Ordinal);
        Assert.IsType<EndpointState.Established>(_phone.CurrentState);
        Assert.IsType<EndpointState.Established>(_desk.CurrentState);
    }

    [Fact]
    public void The_registration_goes_on_undisturbed_behind_a_removal()
    {
        _world.Await(_phone.RemoveBinding(Registered(_phone).Binding.Others[0].Uri).ToTask());
        _world.RunFor(TimeSpan.FromHours(3));
        // Both: the one that was removed has registered again with its next refresh.
        Assert.Equal(2, _server.BindingsOf("alice").Count);
        Assert.IsType<EndpointState.Established>(_desk.CurrentState);
        Assert.IsType<EndpointState.Established>(_phone.CurrentState);
    }

    [Fact]
    public void All_are_removed_and_the_endpoint_is_idle_and_can_register_again()
    {
        Assert.Equal(new EndpointState.Idle(null), _world.Await(_phone.UnregisterAll().ToTask()));
        Assert.Empty(_server.BindingsOf("alice"));
        _world.Await(_phone.EstablishAsync(TestContext.Current.CancellationToken));
        Assert.Single(_server.BindingsOf("alice"));
    }

    [Fact]
    public void A_registrar_that_refuses_to_remove_all_changes_nothing()
    {
        _server.Faults.AnswerNext(SipMethod.Register, 501);
        using var attempt = _phone.UnregisterAll().Record(_world.Scheduler);
        _world.RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal(501, Assert.IsType<RegisterException>(attempt.Error).Response!.StatusCode);
        Assert.IsType<EndpointState.Established>(_phone.CurrentState);
        Assert.Equal(2, _server.BindingsOf("alice").Count);
    }

    [Fact]
    public void Nothing_is_removed_before_somebody_subscribes_nor_by_an_endpoint_that_has_ended()
    {
        var (one, all) = (_phone.RemoveBinding(SipUri.Parse("sip:alice@desk")), _phone.UnregisterAll());
        _world.RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _server.BindingsOf("alice").Count);
        _world.Await(_phone.TerminateAsync(TestContext.Current.CancellationToken));
        Assert.Throws<InvalidOperationException>(() => _world.Await(one.ToTask()));
        Assert.Throws<InvalidOperationException>(() => _world.Await(all.ToTask()));
    }

    private SipEndpoint Device(string name)
    {
        var platform = _world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Tcp) { Connections = _world.Connections(name) }));
        return new UserEndpoint(platform, new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
        {
            EndpointId = name,
            Credential = new NetworkCredential("alice", _world.PasswordOf("alice")),
        }).InnerEndpoint;
    }

    private RegistrationState.Registered Registered(SipEndpoint endpoint) =>
        Assert.IsType<RegistrationState.Registered>(_world.Await(endpoint.Registration.Take(1).ToTask()));
}
