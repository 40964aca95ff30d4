// Two users at a registrar: what becomes of them, a pipeline over their messages, a connection that breaks and comes back.
using System.Net;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip;
using Rx.Sip.Registration;
using Rx.Sip.Testing;

var patience = TimeSpan.FromSeconds(5);
var scheduler = TaskPoolScheduler.Default;

// A registrar of our own, on ports that are free.
await using var server = EmbeddedServer.Start(new EmbeddedServerSettings("example.test").WithUser("alice", "secret").WithUser("bob", "secret"));
var tcp = server.EndPoint(SipTransportType.Tcp);

await using var platform = new CollaborationPlatform(new ClientPlatformSettings("QuickStart/1.0", SipTransportType.Tcp));
await platform.StartupAsync();
await using var alice = User("alice");
await using var bob = User("bob");

// State is a stream, and so are messages.
using var states = Observable
    .Merge(alice.State.Select(state => $"alice   {state}"), bob.State.Select(state => $"bob     {state}"))
    .Subscribe(Console.WriteLine);
using var inbox = alice.Messages.Subscribe(message => Console.WriteLine($"alice   <- {message.Text}"));

// The pipeline: of all messages the alarms, by sender, until half a second passes without one; each burst is answered once.
using var summaries = bob.Messages
    .Where(message => message.Text.StartsWith("alarm:", StringComparison.Ordinal))
    .GroupByUntil(message => message.From, alarms => alarms.Throttle(TimeSpan.FromSeconds(0.5), scheduler))
    .SelectMany(alarms => alarms.ToList())
    .SelectMany(burst => bob.SendMessage(burst[0].From, $"{burst.Count} alarms, the last one is {burst[^1].Text[6..].Trim()}"))
    .Subscribe();

await Task.WhenAll(alice.EstablishAsync(), bob.EstablishAsync());

await RaiseAsync("2 alarms, the last one is smoke", "alarm: heat", "just chatting", "alarm: smoke");

// Every connection breaks. Nobody has to do anything about it.
var bothRecovered = Recovery(alice).Zip(Recovery(bob)).Timeout(2 * patience, scheduler).ToTask();
Console.WriteLine("        -- the server drops its connections --");
server.DropConnections();
await bothRecovered;

await RaiseAsync("1 alarms, the last one is water", "alarm: water");

await platform.ShutdownAsync();
Console.WriteLine(server.Bindings.Count == 0 ? "        all went well" : "        somebody is still registered");
return server.Bindings.Count;

UserEndpoint User(string name) => new(platform, new UserEndpointSettings($"sip:{name}@example.test", tcp.Address.ToString(), tcp.Port)
{
    Credential = new NetworkCredential(name, "secret"),
    Recovery = new RecoveryPolicy.Backoff(initial: TimeSpan.FromSeconds(1), maximum: TimeSpan.FromSeconds(10)),
});

static IObservable<EndpointState> Recovery(UserEndpoint user) => user.State
    .SkipWhile(state => state is EndpointState.Established)
    .FirstAsync(state => state is EndpointState.Established);

// Alice sends the texts, and waits for bob's summary of them.
async Task RaiseAsync(string summary, params string[] texts)
{
    var answer = alice.Messages.FirstAsync(message => message.Text == summary).Timeout(patience, scheduler).ToTask();
    foreach (var text in texts)
        Console.WriteLine($"alice   -> {text}: {await alice.SendMessageAsync(bob.Address, text)}");
    await answer;
}
