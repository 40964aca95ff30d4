using System.Net;
using System.Net.NetworkInformation;

namespace Rx.Sip.Tests.Interop;

/// <summary>Ports on 127.0.0.1 for peers that want to be told theirs.</summary>
internal static class LoopbackPort
{
    // Below the ports that the system hands out by itself and outside the ranges the kit's scripts draw from.
    private const int First = 12_000;
    private const int Last = 19_999;

    /// <summary>A port that neither UDP nor TCP uses now. Drawn at random, so that two test runs side by side rarely meet.</summary>
    public static int Free()
    {
        var used = Listening().ToHashSet();
        int port;
        do
        {
            port = Random.Shared.Next(First, Last + 1);
        }
        while (used.Contains(port));
        return port;
    }

    public static bool IsListening(int port) => Listening().Contains(port);

    private static IEnumerable<int> Listening()
    {
        var network = IPGlobalProperties.GetIPGlobalProperties();
        return network.GetActiveTcpListeners().Concat(network.GetActiveUdpListeners()).Select((IPEndPoint end) => end.Port);
    }
}
