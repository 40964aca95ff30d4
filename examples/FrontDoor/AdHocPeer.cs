using Rx.Sip;
using Rx.Sip.Transports;

namespace FrontDoor;

/// <summary>A peer without proxy or registrar: the address it writes to says where to go and how.</summary>
internal static class AdHocPeer
{
    public static async Task<int> RunAsync(string other)
    {
        await using var manager = new RealTimeClientConnectionManager();
        await using var endpoint = new SipPeerToPeerEndpoint("sip:alice@example.test", manager);

        var response = await endpoint.SendMessageAsync(other, "hello");

        Console.WriteLine(response);
        return response.IsSuccess ? 0 : 1;
    }
}
