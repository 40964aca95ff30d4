using System.Net;
using Rx.Sip;
using Rx.Sip.Transports;

namespace FrontDoor;

/// <summary>Somebody without a registrar: whoever knows the address may send.</summary>
internal static class Peer
{
    public static async Task<int> RunAsync()
    {
        await using var manager = new RealTimeServerTcpConnectionManager();
        await using var endpoint = new SipPeerToPeerEndpoint("sip:jayanama@127.0.0.1", manager);

        using var messages = endpoint.Messages.Subscribe(message => Console.WriteLine(message));
        using var listening = endpoint.ConnectionManager.StartListening(new IPEndPoint(IPAddress.Loopback, 0))
            .Subscribe(address => Console.WriteLine($"listening on {address}"));

        Console.ReadLine();
        return 0;
    }
}
