using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip.Tests.Interop;

/// <summary>Certificates as the files that other programs want.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new("certificates-");
    private int _count;

    public string Folder => _folder.Path;

    /// <summary>Writes a certificate, with its private key where it has one, and gives the path.</summary>
    public string Write(X509Certificate2 certificate) => Write($"{++_count}.pem", certificate);

    /// <summary>The same under a name of choice.</summary>
    public string Write(string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey();
        File.WriteAllText(_folder[name], $"{key?.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");
        return _folder[name];
    }

    public void Dispose() => _folder.Dispose();
}
