using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Registration;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>Our endpoint registers at a registrar that SIPp plays.</summary>
public class SippRegistrarTests
{
    [InteropTheory(Peers.Sipp)]
    [InlineData("udp", SipTransportType.Udp)]
    [InlineData("tcp", SipTransportType.Tcp)]
    public async Task Sipp_verifies_our_digest(string transport, SipTransportType type)
    {
        await using var sipp = await SippScenario.ListenAsync("uas_registrar_auth", new SippOptions { Transport = transport });
        await using var users = Users.At(sipp.EndPoint, type);

        await users.EstablishAsync("alice");

        await sipp.CompletesAsync();
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp", SipTransportType.Udp)]
    [InlineData("tcp", SipTransportType.Tcp)]
    public async Task A_lifetime_too_brief_is_asked_for_again_with_enough(string transport, SipTransportType type)
    {
        await using var sipp = await SippScenario.ListenAsync("uas_registrar_423", new SippOptions { Transport = transport });
        await using var users = Users.At(sipp.EndPoint, type);
        var alice = users.Endpoint(Unchallenged(sipp.EndPoint, TimeSpan.FromSeconds(30)));
        using var registration = new Heard<RegistrationState>(alice.Registration);

        await alice.EstablishAsync();

        await sipp.CompletesAsync();
        await Eventually.IsTrueAsync(() => registration.Values.Any(state => state is RegistrationState.Registered));
        Assert.Equal(TimeSpan.FromSeconds(90), registration.Values.OfType<RegistrationState.Registered>().First().Binding.Granted);
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp", SipTransportType.Udp)]
    [InlineData("tcp", SipTransportType.Tcp)]
    public async Task A_registrar_out_of_service_says_when_to_come_back(string transport, SipTransportType type)
    {
        await using var sipp = await SippScenario.ListenAsync("uas_registrar_503", new SippOptions { Transport = transport });
        await using var users = Users.At(sipp.EndPoint, type);
        var alice = users.Endpoint(Unchallenged(sipp.EndPoint, TimeSpan.FromHours(1)));

        var refusal = await Assert.ThrowsAsync<RegisterException>(() => alice.EstablishAsync());
        Assert.Equal(TimeSpan.FromSeconds(2), refusal.Response?.RetryAfter?.Delay);
        Assert.IsType<EndpointState.Idle>(alice.CurrentState);
        await Task.Delay(refusal.Response!.RetryAfter!.Delay, TestContext.Current.CancellationToken);
        await alice.EstablishAsync();

        await sipp.CompletesAsync();
    }

    private static UserEndpointSettings Unchallenged(IPEndPoint server, TimeSpan lifetime) =>
        new(Users.AddressOf("alice"), server.Address.ToString(), server.Port) { RegistrationLifetime = lifetime };
}
