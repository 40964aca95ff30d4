using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Rx.Sip.Tests.Transports;

/// <summary>The addresses that loopback tests run over.</summary>
internal static class Loopback
{
    public static TheoryData<string> Addresses => Socket.OSSupportsIPv6 && HasVersion6() ? ["127.0.0.1", "::1"] : ["127.0.0.1"];

    public static IPEndPoint Any(string address) => new(IPAddress.Parse(address), 0);

    public static ReadOnlyMemory<byte> Octets(string text) => Encoding.UTF8.GetBytes(text);

    private static bool HasVersion6()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(Any("::1"));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
