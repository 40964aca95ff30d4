using System.Net;
using System.Reactive.Linq;
using Rx.Sip;

namespace FrontDoor;

/// <summary>A user who answers what is said to him.</summary>
internal static class User
{
    public static async Task<int> RunAsync()
    {
        await using var platform = new CollaborationPlatform(new ClientPlatformSettings("Hello/1.0", SipTransportType.Tcp));
        await platform.StartupAsync();

        await using var alice = new UserEndpoint(platform, new UserEndpointSettings("sip:alice@example.test", "127.0.0.1", 5060)
        {
            Credential = new NetworkCredential("alice", "secret"),
        });

        using var log = alice.State.Subscribe(state => Console.WriteLine(state));
        using var echo = alice.Messages
            .Where(message => message.Text.StartsWith('!'))
            .SelectMany(message => alice.SendMessage(message.From, $"you said {message.Text[1..]}"))
            .Subscribe();

        await alice.EstablishAsync();
        Console.ReadLine();
        return 0;
    }
}
