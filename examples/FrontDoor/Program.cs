using FrontDoor;

// Each program but headers expects: rxsip serve --domain example.test --user alice:secret --user team:secret
return await (args switch
{
    ["user"] => User.RunAsync(),
    ["endpoint", var password] => Endpoint.RunAsync(password),
    ["peer"] => Peer.RunAsync(),
    ["alarms"] => Alarms.RunAsync(),
    ["headers"] => Headers.RunAsync(),
    _ => UsageAsync(),
});

static async Task<int> UsageAsync()
{
    await Console.Error.WriteLineAsync("dotnet run --project examples/FrontDoor -- user | endpoint PASSWORD | peer | alarms | headers");
    return 2;
}
