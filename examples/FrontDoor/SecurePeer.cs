using System.Net;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip;
using Rx.Sip.Transports;

namespace FrontDoor;

/// <summary>A peer that listens over TLS and talks only to those that show a certificate, in and out.</summary>
internal static class SecurePeer
{
    public static async Task<int> RunAsync(string file, string password)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
        await using var manager = new RealTimeServerTlsConnectionManager(certificate) { NeedMutualTls = true, AllowedDomains = ["example.test"] };
        await using var endpoint = new SipPeerToPeerEndpoint("sip:jayanama@example.test", manager);

        using var failures = manager.TlsFailures.Subscribe(failure => Console.WriteLine($"{failure.RemoteEndPoint}: {failure.Reason}"));
        using var messages = endpoint.Messages.Subscribe(message => Console.WriteLine(message));
        using var listening = manager.StartListening(new IPEndPoint(IPAddress.Any, 0))
            .Subscribe(address => Console.WriteLine($"listening on {address}"));

        Console.ReadLine();
        return 0;
    }
}
