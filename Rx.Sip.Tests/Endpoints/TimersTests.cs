using System.Net;
using Rx.Sip.Testing;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>Whose timers a request keeps to.</summary>
public sealed class TimersTests
{
    private static readonly SipTimers Fast = new() { T1 = TimeSpan.FromMilliseconds(10) };
    private static readonly SipTimers Slow = new() { T1 = TimeSpan.FromSeconds(1) };

    private readonly SimulatedNetwork _world = new(1);

    [Theory]
    [InlineData(false, false, 32_000)]
    [InlineData(true, false, 640)]
    [InlineData(false, true, 64_000)]
    [InlineData(true, true, 64_000)]
    public void An_endpoints_own_timers_come_before_its_platforms_and_those_before_the_rfcs(bool hasPlatform, bool hasEndpoint, int milliseconds)
    {
        var platform = Platform(hasPlatform ? Fast : SipTimers.Default);
        var alice = new SipPeerToPeerEndpoint(platform, new SipPeerToPeerEndpointSettings("sip:alice@alice") { Timers = hasEndpoint ? Slow : null });
        alice.Establish().Subscribe();
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), TimeUntilGivenUp(alice));
    }

    [Fact]
    public void Endpoints_of_one_platform_may_have_different_timers()
    {
        var platform = Platform(SipTimers.Default);
        var times = new[] { Fast, Slow, null }.Select((timers, number) =>
        {
            var endpoint = new SipPeerToPeerEndpoint(platform, new SipPeerToPeerEndpointSettings($"sip:u{number}@alice") { Timers = timers });
            endpoint.Establish().Subscribe();
            return TimeUntilGivenUp(endpoint).TotalMilliseconds;
        });
        Assert.Equal([640, 64_000, 32_000], times);
    }

    [Fact]
    public void An_attempt_to_register_takes_as_long_as_the_endpoints_timers_say()
    {
        _world.Names.Set("example.test", new IPEndPoint(IPAddress.Parse("10.99.0.1"), 0));
        var alice = new UserEndpoint(Platform(SipTimers.Default), new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Timers = Fast });
        var attempt = alice.Establish().Record(_world.Scheduler);
        _world.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMilliseconds(640), attempt.EndedAfter);
    }

    private CollaborationPlatform Platform(SipTimers timers) =>
        _world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Udp) { Connections = _world.Connections("alice"), Timers = timers }));

    private TimeSpan TimeUntilGivenUp(SipPeerToPeerEndpoint endpoint)
    {
        var sent = endpoint.SendMessage("sip:nobody@10.99.0.1", "hello").Record(_world.Scheduler);
        _world.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal((408, true), (sent.Values[^1].StatusCode, sent.Values[^1].IsLocal));
        return sent.EndedAfter!.Value;
    }
}
