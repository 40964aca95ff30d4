using System.Reactive.Linq;
using Rx.Sip.Registration.Bindings;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>The bindings of a user by the <c>reg</c> event package (RFC 3680), as Kamailio notifies of them.</summary>
public class KamailioRegistrationEventsTests
{
    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task What_another_device_binds_and_takes_away_is_told_at_once(SipTransportType transport)
    {
        await using var server = await KamailioServer.StartAsync("reginfo=1");
        await using var here = Users.Of(server, transport);
        await using var there = Users.Of(server, transport);
        var phone = here.Endpoint(Settings(server, transport));
        using var sets = new Heard<BindingSet>(phone.InnerEndpoint.BindingSet);
        await phone.EstablishAsync();
        await Eventually.IsTrueAsync(() => phone.InnerEndpoint.Core.Directory.Subscriber.Count == 1);
        var tablet = there.Endpoint(Settings(server, transport));
        await tablet.EstablishAsync();
        await Eventually.IsTrueAsync(() => sets.Values[^1].Bindings.Length == 2);
        Assert.False(Assert.Single(sets.Values[^1].Others).IsOwn);
        await tablet.TerminateAsync();
        await Eventually.IsTrueAsync(() => sets.Values[^1].Bindings.Length == 1);
        Assert.IsType<EndpointState.Established>(phone.CurrentState);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_device_that_another_one_takes_away_ends_and_says_why()
    {
        await using var server = await KamailioServer.StartAsync("reginfo=1");
        await using var here = Users.Of(server, SipTransportType.Tcp);
        await using var there = Users.Of(server, SipTransportType.Tcp);
        var phone = here.Endpoint(Settings(server, SipTransportType.Tcp));
        await phone.EstablishAsync();
        var tablet = there.Endpoint(Settings(server, SipTransportType.Tcp));
        await tablet.EstablishAsync();
        var other = Assert.Single((await tablet.InnerEndpoint.FetchBindings()).Others);
        await tablet.InnerEndpoint.RemoveBinding(other);
        await Eventually.IsTrueAsync(() => phone.CurrentState is EndpointState.Terminated);
        Assert.Equal(TerminationReason.TooManyActiveEndpoints, ((EndpointState.Terminated)phone.CurrentState).Reason);
        Assert.IsType<EndpointState.Established>(tablet.CurrentState);
    }

    // Kamailio's notifier sends to the Contact as it stands, and finds no way to a GRUU of its own domain.
    private static UserEndpointSettings Settings(KamailioServer server, SipTransportType transport) =>
        new(Users.AddressOf("alice"), server.At(transport).Address.ToString(), server.At(transport).Port) { Credential = Users.CredentialOf("alice"), UsesOutbound = false };
}
