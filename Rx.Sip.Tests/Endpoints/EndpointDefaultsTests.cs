using System.Net;
using Rx.Sip.Registration;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

public sealed class EndpointDefaultsTests
{
    [Fact]
    public async Task Both_constructors_and_the_settings_mean_the_same()
    {
        await using var shortest = new SipEndpoint("sip:alice@example.test", SipAuthenticationProtocols.Digest, SipTransportType.Tcp, "server.test");
        await using var longest = new SipEndpoint("sip:alice@example.test", SipAuthenticationProtocols.Digest, SipTransportType.Tcp, "server.test", false, 0, null, null);
        await using var settings = new SipEndpoint(new SipEndpointSettings { Uri = "sip:alice@example.test", Server = "server.test" }, null);
        foreach (var endpoint in (SipEndpoint[])[shortest, longest, settings])
        {
            Assert.Equal(new RealTimeAddress("sip:alice@example.test"), endpoint.Address);
            Assert.Equal(("server.test", 0), (endpoint.Server, endpoint.ServerPort));
            Assert.Equal((true, 20), (endpoint.IsEndpointThrottled, endpoint.MaxConcurrentTransactions));
            Assert.Equal((null, "Rx.Sip"), (endpoint.DisplayName, endpoint.ApplicationUserAgent));
            Assert.Equal(10, endpoint.EndpointId.Length);
            Assert.True(endpoint.CredentialCache.IsEmpty);
            Assert.IsType<RealTimeClientConnectionManager>(endpoint.ConnectionManager);
            Assert.Equal(new EndpointState.Idle(null), endpoint.CurrentState);
        }
        Assert.Equal(3, ((SipEndpoint[])[shortest, longest, settings]).Select(endpoint => endpoint.EndpointId).Distinct().Count());
        Assert.Equal(3, ((SipEndpoint[])[shortest, longest, settings]).Select(endpoint => endpoint.ConnectionManager).Distinct().Count());
    }

    [Fact]
    public void Settings_have_the_defaults_that_are_documented()
    {
        var settings = new SipEndpointSettings("sip:alice@example.test", "server.test");
        Assert.Equal((0, null, SipAuthenticationProtocols.Digest, false), (settings.Port, settings.Transport, settings.AuthenticationProtocols, settings.AllowNoAuthentication));
        Assert.Equal((TimeSpan.FromHours(1), RecoveryPolicy.Default, null), (settings.RegistrationLifetime, settings.Recovery, settings.NetworkAvailable));
        Assert.Equal((true, 20, 100_000, AutoRespond.Always), (settings.IsEndpointThrottled, settings.MaxConcurrentTransactions, settings.MaxQueuedRequests, settings.AutoRespond));
    }

    [Fact]
    public async Task The_long_constructor_takes_its_manager_and_id_and_leaves_the_manager_open()
    {
        var manager = new RealTimeClientConnectionManager();
        var endpoint = new SipEndpoint("sip:alice@example.test", SipAuthenticationProtocols.Digest, SipTransportType.Udp, "server.test", true, 5070, manager, "mine")
        {
            DisplayName = "Alice",
            ApplicationUserAgent = "App/1.0",
            IsEndpointThrottled = false,
        };
        Assert.Equal(("mine", 5070, "Alice", "App/1.0", false), (endpoint.EndpointId, endpoint.ServerPort, endpoint.DisplayName, endpoint.ApplicationUserAgent, endpoint.IsEndpointThrottled));
        Assert.Same(manager, endpoint.ConnectionManager);
        await endpoint.DisposeAsync();
        var listening = manager.StartListening(SipTransportType.Udp, new IPEndPoint(IPAddress.Loopback, 0)).Subscribe();
        Assert.Single(manager.ListeningAddresses);
        listening.Dispose();
        await manager.DisposeAsync();
    }

    [Fact]
    public void Credentials_of_the_default_realm_serve_every_realm_that_has_none_of_its_own()
    {
        var cache = new SipEndpoint("sip:alice@example.test", SipAuthenticationProtocols.Digest, SipTransportType.Tcp, "server.test").CredentialCache;
        var (any, own) = (new NetworkCredential("any", "x"), new NetworkCredential("own", "y"));
        cache.Add(SipEndpoint.DefaultRtcRealm, any);
        cache.Add("example.test", own);
        Assert.True(cache.TryGet("example.test", out var first) && ReferenceEquals(own, first));
        Assert.True(cache.TryGet("elsewhere.test", out var second) && ReferenceEquals(any, second));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a;transport=tls")]
    [InlineData("a\r\nVia: x")]
    public void An_endpoint_id_that_no_uri_could_hold_is_refused_where_it_is_given(string id) =>
        Assert.Throws<ArgumentException>(() => new SipEndpointSettings("sip:alice@example.test", "server.test") { EndpointId = id });

    [Fact]
    public void Limits_that_would_stop_everything_are_refused_where_they_are_given()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SipEndpointSettings("sip:alice@example.test", "server.test") { MaxConcurrentTransactions = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SipEndpointSettings("sip:alice@example.test", "server.test") { MaxQueuedRequests = -1 });
        Assert.Throws<FormatException>(() => new SipEndpointSettings("not an address", "server.test"));
    }
}
