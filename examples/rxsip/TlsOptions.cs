using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Transports;

namespace Rx.Sip.Tool;

/// <summary>The options of TLS: what is shown, and whom to trust.</summary>
internal sealed class TlsOptions
{
    private readonly Option<string?> _certificate = new("--cert") { Description = "Our certificate, a PEM file, for tls and wss.", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--key") { Description = "The certificate's private key, a PEM file. Default: in the file of --cert.", HelpName = "FILE" };
    private readonly Option<string?> _authorities = new("--ca") { Description = "The authorities to trust, a PEM file, in place of the system's.", HelpName = "FILE" };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "Trust whoever is at the other end: for trials only." };

    public void AddTo(Command command)
    {
        command.Add(_certificate);
        command.Add(_key);
        command.Add(_authorities);
        command.Add(_insecure);
    }

    public TlsSettings Settings(ParseResult parsed, Terminal terminal)
    {
        var insecure = parsed.GetValue(_insecure);
        if (insecure)
            terminal.Complain("Warning: with --insecure anybody on the way can pose as the other side.");
        return new TlsSettings
        {
            Certificate = parsed.GetValue(_certificate) is { } file ? Read(file, () => Load(file, parsed.GetValue(_key))) : null,
            TrustedRoots = parsed.GetValue(_authorities) is { } roots ? Read(roots, () => LoadAll(roots)) : [],
            VerifiesPeers = !insecure,
        };
    }

    // A key that lives in memory alone is none for some platforms' TLS.
    private static X509Certificate2 Load(string file, string? key)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(file, key);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static System.Collections.Immutable.ImmutableArray<X509Certificate2> LoadAll(string file)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(file);
        return all.Count > 0 ? [.. all] : throw new CryptographicException("There is no certificate in it");
    }

    private static T Read<T>(string file, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException($"{file} can't be used: {error.Message.TrimEnd('.')}.");
        }
    }
}
