using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>Hands out a revocation list over HTTP on loopback, to everybody who connects.</summary>
internal sealed class RevocationListServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RevocationListServer()
    {
        _listener.Start();
        // The platform keeps lists by their address: each server needs one of its own.
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{Guid.NewGuid():N}.crl";
    }

    public string Address { get; }

    public void Serve(byte[] list) => _ = Task.Run(async () =>
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptSocketAsync();
                await client.ReceiveAsync(new byte[4096]);
                var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/pkix-crl\r\nContent-Length: {list.Length}\r\nConnection: close\r\n\r\n";
                await client.SendAsync(Encoding.ASCII.GetBytes(head));
                await client.SendAsync(list);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    });

    public void Dispose() => _listener.Dispose();
}
