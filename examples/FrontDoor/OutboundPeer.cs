using Rx.Sip;
using Rx.Sip.Transports;

namespace FrontDoor;

/// <summary>A peer that only calls: it never listens, and all it sends goes to a proxy whose certificate has to name it.</summary>
internal static class OutboundPeer
{
    public static async Task<int> RunAsync(string proxy, string other)
    {
        await using var manager = new RealTimeClientConnectionManager();
        await using var endpoint = new SipPeerToPeerEndpoint("sip:alice@example.test", manager, SipTransportType.Tls, proxy, proxyPort: 0);

        // Whoever wants to answer comes back over the connection to the proxy.
        using var messages = endpoint.Messages.Subscribe(message => Console.WriteLine(message));
        using var failures = manager.TlsFailures.Subscribe(failure => Console.WriteLine($"{failure.Reason}: {failure.Message}"));
        var response = await endpoint.SendMessageAsync(other, "hello");

        Console.WriteLine(response);
        Console.ReadLine();
        return 0;
    }
}
