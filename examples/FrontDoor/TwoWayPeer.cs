using System.Net;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip;
using Rx.Sip.Transports;

namespace FrontDoor;

/// <summary>A peer that is called and calls, over TLS, and shows one certificate in both directions.</summary>
internal static class TwoWayPeer
{
    public static async Task<int> RunAsync(string file, string password, string other)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
        await using var manager = new RealTimeServerTlsConnectionManager(certificate);
        await using var endpoint = new SipPeerToPeerEndpoint("sip:alice@example.test", manager);

        using var messages = endpoint.Messages.Subscribe(message => Console.WriteLine(message));
        using var listening = manager.StartListening(new IPEndPoint(IPAddress.Any, 5061))
            .Subscribe(address => Console.WriteLine($"listening on {address}"));
        var response = await endpoint.SendMessageAsync(other, "hello");

        Console.WriteLine(response);
        Console.ReadLine();
        return 0;
    }
}
