using FrontDoor;

// The user, the endpoint and the alarms expect: rxsip serve --domain example.test --user alice:secret --user team:secret
return await (args switch
{
    ["user"] => User.RunAsync(),
    ["endpoint", var password] => Endpoint.RunAsync(password),
    ["peer"] => Peer.RunAsync(),
    ["alarms"] => Alarms.RunAsync(),
    ["secure-peer", var file, var password] => SecurePeer.RunAsync(file, password),
    ["headers"] => Headers.RunAsync(),
    ["bodies"] => Bodies.RunAsync(),
    _ => UsageAsync(),
});

static async Task<int> UsageAsync()
{
    await Console.Error.WriteLineAsync("dotnet run --project examples/FrontDoor -- user | endpoint PASSWORD | peer | secure-peer FILE PASSWORD | alarms | headers | bodies");
    return 2;
}
