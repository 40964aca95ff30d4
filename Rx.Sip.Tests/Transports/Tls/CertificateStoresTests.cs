using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>The platform's store of the user, in a home directory of the test's own: in another process, since a process looks for its home once.</summary>
public sealed class CertificateStoresTests
{
    private const string Variable = "RXSIP_TEST_HOME";

    [Fact]
    public async Task A_manager_finds_its_certificate_by_issuer_and_serial_number_in_the_users_store()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
            await RunInHomeOfItsOwnAsync(nameof(A_manager_finds_its_certificate_by_issuer_and_serial_number_in_the_users_store));
        else
            await FindAsync();
    }

    private static async Task FindAsync()
    {
        using var authority = new TestAuthority();
        using var mine = Keep(authority.Issue("localhost"));
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        store.Add(mine);
        try
        {
            await using var byCommonName = new RealTimeServerTlsConnectionManager("Test authority", mine.SerialNumber);
            await using var byName = new RealTimeServerTlsConnectionManager("cn=test authority", mine.SerialNumber.ToLowerInvariant());
            Assert.Equal(mine.Thumbprint, byCommonName.Tls.Certificate!.Thumbprint);
            Assert.Equal(mine.Thumbprint, byName.Tls.Certificate!.Thumbprint);
            Assert.Throws<TlsFailureException>(() => new RealTimeServerTlsConnectionManager("Another authority", mine.SerialNumber));

            IPEndPoint? bound = null;
            byName.StartListening(new IPEndPoint(IPAddress.Loopback, 0)).Subscribe(address => bound = address);
            await using var caller = new Peer(new ConnectionManagerSettings { Tls = new TlsSettings { TrustedRoots = [authority.Root] } });
            var server = new MessageRecorder { Answer = (flow, request) => flow.Send(Rx.Sip.Messages.SipResponse.For(request, 200, null, "b")) };
            byName.Sink = server;
            caller.Send(new SipTarget(SipTransportType.Tls, bound!, "localhost"), "1");
            Assert.Equal(["localhost"], caller.NextResponse().Flow.RemoteDomains);
        }
        finally
        {
            store.Remove(mine);
        }
    }

    // With a key that outlives this object, so that the store can write it.
    private static X509Certificate2 Keep(X509Certificate2 certificate)
    {
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.PersistKeySet);
    }

    private static async Task RunInHomeOfItsOwnAsync(string test)
    {
        var home = Directory.CreateTempSubdirectory("rxsip-home-");
        try
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            foreach (var argument in new[] { "exec", typeof(CertificateStoresTests).Assembly.Location, "-noColor", "-method", $"{typeof(CertificateStoresTests).FullName}.{test}" })
                start.ArgumentList.Add(argument);
            start.Environment["HOME"] = start.Environment[Variable] = home.FullName;
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0 && output.Contains("Total: 1,", StringComparison.Ordinal), output);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
