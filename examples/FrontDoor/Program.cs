using FrontDoor;

// The user, the endpoint and the alarms expect: rxsip serve --domain example.test --user alice:secret --user team:secret
return await (args switch
{
    ["user"] => User.RunAsync(),
    ["endpoint", var password] => Endpoint.RunAsync(password),
    ["peer"] => Peer.RunAsync(),
    ["alarms"] => Alarms.RunAsync(),
    ["secure-peer", var file, var password] => SecurePeer.RunAsync(file, password),
    ["guarded-peer", var file, var password] => GuardedPeer.RunAsync(file, password),
    ["two-way-peer", var file, var password, var other] => TwoWayPeer.RunAsync(file, password, other),
    ["outbound-peer", var proxy, var other] => OutboundPeer.RunAsync(proxy, other),
    ["ad-hoc-peer", var other] => AdHocPeer.RunAsync(other),
    ["headers"] => Headers.RunAsync(),
    ["bodies"] => Bodies.RunAsync(),
    _ => UsageAsync(),
});

static async Task<int> UsageAsync()
{
    await Console.Error.WriteLineAsync("dotnet run --project examples/FrontDoor -- user | endpoint PASSWORD | peer | secure-peer FILE PASSWORD | guarded-peer FILE PASSWORD | "
        + "two-way-peer FILE PASSWORD URI | outbound-peer PROXY URI | ad-hoc-peer URI | alarms | headers | bodies");
    return 2;
}
