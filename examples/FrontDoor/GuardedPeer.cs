using System.Net;
using System.Reactive.Linq;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip;
using Rx.Sip.Transports;

namespace FrontDoor;

/// <summary>A peer over TLS that decides by what a caller's certificate proves whether it may come in.</summary>
internal static class GuardedPeer
{
    public static async Task<int> RunAsync(string file, string password)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
        await using var manager = new RealTimeServerTlsConnectionManager(new ConnectionManagerSettings
        {
            Tls = new TlsSettings { Certificate = certificate, AsksForCertificate = true, TrustedDomains = ["example.test"] },
            NeedsConnectionAuthorization = true,
        });
        await using var endpoint = new SipPeerToPeerEndpoint("sip:desk@example.test", manager);

        using var deciding = manager.ConnectionAuthorizationRequests
            .Where(request => request.Connection.RemoteDomains.Contains("partner.test"))
            .Subscribe(request => request.Allow());
        using var pools = manager.ConnectionPoolChanges.Subscribe(pool => Console.WriteLine(pool));
        using var messages = endpoint.Messages.Subscribe(message => Console.WriteLine(message));
        using var listening = manager.StartListening(new IPEndPoint(IPAddress.Any, 5061)).Subscribe(address => Console.WriteLine($"listening on {address}"));

        Console.ReadLine();
        return 0;
    }
}
