using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip.Transports.Tls;

/// <summary>Looks certificates up in the platform's stores.</summary>
internal static class CertificateStores
{
    /// <summary>The certificate of an issuer with a serial number; throws <see cref="TlsFailureException"/> when there is none with its private key.</summary>
    public static X509Certificate2 Find(string issuerName, string serialNumber)
    {
        ArgumentNullException.ThrowIfNull(issuerName);
        ArgumentNullException.ThrowIfNull(serialNumber);
        return Find(StoreLocation.LocalMachine, issuerName, serialNumber) ?? Find(StoreLocation.CurrentUser, issuerName, serialNumber)
            ?? throw new TlsFailureException(TlsFailureReason.LocalCertificateNotFound,
                $"No certificate of {issuerName} with the serial number {serialNumber} and a private key is in the stores of this machine and user.", null);
    }

    private static X509Certificate2? Find(StoreLocation location, string issuerName, string serialNumber)
    {
        using var store = new X509Store(StoreName.My, location);
        try
        {
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        }
        // A machine without such a store has no certificate in it.
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
        return store.Certificates.Find(X509FindType.FindBySerialNumber, serialNumber, validOnly: false)
            .FirstOrDefault(one => one.HasPrivateKey && IsIssuedBy(one, issuerName));
    }

    private static bool IsIssuedBy(X509Certificate2 certificate, string name) =>
        string.Equals(certificate.Issuer, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true), name, StringComparison.OrdinalIgnoreCase);
}
