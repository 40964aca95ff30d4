using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip.Transports.Tls;

/// <summary>The SIP domains that a certificate speaks for (RFC 5922 §7.1).</summary>
internal static class CertificateDomains
{
    private const string SubjectAlternativeName = "2.5.29.17";

    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    /// <summary>
    /// The hosts of its <c>sip</c> URIs; without any its DNS names; without alternative names its common name. Addresses come besides.
    /// </summary>
    public static ImmutableArray<string> Of(X509Certificate2 certificate)
    {
        var (uris, names, addresses) = (new List<string>(), new List<string>(), new List<string>());
        var any = false;
        foreach (var extension in certificate.Extensions.Where(one => one.Oid?.Value == SubjectAlternativeName))
            any |= TryRead(extension.RawData, uris, names, addresses);
        if (!any && certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } common)
            names.Add(common);
        return [.. uris.Count > 0 ? uris : names, .. addresses];
    }

    /// <summary>Whether one of the domains is the host. Wildcards match nothing (RFC 5922 §7.2).</summary>
    public static bool Match(ImmutableArray<string> domains, string host)
    {
        if (NumericHost.TryParse(host, out var address))
            return domains.Contains(address.ToString(), StringComparer.OrdinalIgnoreCase);
        var wanted = host.TrimEnd('.');
        return domains.Any(domain => string.Equals(domain.TrimEnd('.'), wanted, StringComparison.OrdinalIgnoreCase));
    }

    private static bool TryRead(byte[] encoded, List<string> uris, List<string> names, List<string> addresses)
    {
        try
        {
            var any = false;
            for (var reader = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence(); reader.HasData; any = true)
                Read(reader, uris, names, addresses);
            return any;
        }
        // What can't be read speaks for nobody.
        catch (Exception error) when (error is AsnContentException or CryptographicException)
        {
            return true;
        }
    }

    private static void Read(AsnReader reader, List<string> uris, List<string> names, List<string> addresses)
    {
        var tag = reader.PeekTag();
        if (tag.HasSameClassAndValue(Uri))
            AddUri(reader.ReadCharacterString(UniversalTagNumber.IA5String, Uri), uris);
        else if (tag.HasSameClassAndValue(DnsName))
            names.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
        else if (tag.HasSameClassAndValue(Address) && reader.ReadOctetString(Address) is { Length: 4 or 16 } octets)
            addresses.Add(new IPAddress(octets).ToString());
        else if (!tag.HasSameClassAndValue(Address))
            reader.ReadEncodedValue();
    }

    // A URI with a user speaks for that user, not for the domain.
    private static void AddUri(string uri, List<string> uris)
    {
        if (Messages.SipUri.TryParse(uri, out var parsed) && parsed is { Scheme: "sip", User: null })
            uris.Add(parsed.Host);
    }
}
