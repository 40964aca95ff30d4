namespace Rx.Sip.Transports.Dns;

/// <summary>Which transports a domain's NAPTR records offer, in their order (RFC 3263 §4.1, RFC 7118 §7).</summary>
internal static class NaptrChoice
{
    /// <summary>The services that can be used, by order and preference; what is not SIP's, or no plain reference to SRV records, is passed over.</summary>
    public static IEnumerable<SipService> Choose(IEnumerable<DnsRecord.Rule> rules, SipTargetQuery query) =>
        from rule in rules
        where rule.Flags.Equals("s", StringComparison.OrdinalIgnoreCase) && rule.Expression.Length == 0 && DnsName.TryNormalize(rule.Replacement, out _)
        let transport = TransportOf(rule.Services)
        where transport is not null && query.IsUsable(transport.Value)
        orderby rule.Order, rule.Preference
        select new SipService(transport.Value, rule.Replacement);

    private static SipTransportType? TransportOf(string services) => services.ToUpperInvariant() switch
    {
        "SIP+D2U" => SipTransportType.Udp,
        "SIP+D2T" => SipTransportType.Tcp,
        "SIPS+D2T" => SipTransportType.Tls,
        "SIP+D2W" => SipTransportType.WebSocket,
        "SIPS+D2W" => SipTransportType.SecureWebSocket,
        _ => null,
    };
}
