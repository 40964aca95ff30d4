using System.Net;
using Rx.Sip;

namespace FrontDoor;

/// <summary>UCMA's SipEndpoint: its constructor, its credentials, and registering as a step of its own.</summary>
internal static class Endpoint
{
    public static async Task<int> RunAsync(string password)
    {
        await using var endpoint = new SipEndpoint("sip:alice@example.test", SipAuthenticationProtocols.Digest, SipTransportType.Tcp, "127.0.0.1")
        {
            DisplayName = "Alice",
            ApplicationUserAgent = "My application",
            IsEndpointThrottled = true,
        };
        endpoint.CredentialCache.Add(SipEndpoint.DefaultRtcRealm, new NetworkCredential("alice", password));

        using var registration = endpoint.Registration.Subscribe(state => Console.WriteLine(state));
        using var messages = endpoint.Messages.Subscribe(message => Console.WriteLine(message));

        await endpoint.RegisterAsync();
        Console.ReadLine();
        return 0;
    }
}
