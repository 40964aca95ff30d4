namespace Rx.Sip.Transports.Dns;

/// <summary>A transport that a domain may offer, and the name of the SRV records that say where.</summary>
internal readonly record struct SipService(SipTransportType Transport, string Name)
{
    /// <summary>The services to look for where no NAPTR record names them (RFC 3263 §4.1): those that can be used, in their order.</summary>
    public static IEnumerable<SipService> Of(string domain, SipTargetQuery query) =>
        from transport in query.Supported
        where query.IsUsable(transport) && (query.Transport is not null || query.IsSecure || transport != SipTransportType.Tls)
        let prefix = PrefixOf(transport)
        where prefix is not null && DnsName.TryNormalize($"{prefix}.{domain}", out _)
        select new SipService(transport, $"{prefix}.{domain}");

    // RFC 7118 gives WebSocket no SRV records.
    private static string? PrefixOf(SipTransportType transport) => transport switch
    {
        SipTransportType.Udp => "_sip._udp",
        SipTransportType.Tcp => "_sip._tcp",
        SipTransportType.Tls => "_sips._tcp",
        _ => null,
    };
}
