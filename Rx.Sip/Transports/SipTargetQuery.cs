using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>What is asked of a resolver: where the requests for a host go (RFC 3263 §4). Immutable.</summary>
public sealed class SipTargetQuery
{
    private static readonly IReadOnlyList<SipTransportType> All = [.. Enum.GetValues<SipTransportType>()];

    /// <summary>Asks for a host.</summary>
    /// <param name="host">A name or a numeric address, IPv6 in brackets or without.</param>
    public SipTargetQuery(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Host = host;
    }

    /// <summary>A name or a numeric address: of a URI the <c>maddr</c> parameter, else the host (RFC 3263 §4's TARGET).</summary>
    public string Host { get; }

    /// <summary>The port. Default 0: none is given, and the name's records say, else it is 5060, with TLS 5061.</summary>
    public int Port { get; init; }

    /// <summary>The transport, where it is settled. Default null: the name's records say, else it is UDP, and TLS if <see cref="IsSecure"/>.</summary>
    public SipTransportType? Transport { get; init; }

    /// <summary>Whether nothing but TLS will do: a <c>sips</c> URI. Default false.</summary>
    public bool IsSecure { get; init; }

    /// <summary>The transports that can be used, the preferred first where the name's records leave the choice. Default: all, UDP before TCP.</summary>
    public IReadOnlyList<SipTransportType> Supported { get; init; } = All;

    /// <summary>The query for a URI, with all transports; null when it leads nowhere.</summary>
    public static SipTargetQuery? Of(SipUri uri) => Of(uri, All);

    /// <summary>The query for a URI; null when it leads nowhere: another scheme than <c>sip</c> and <c>sips</c>, or a transport that is unknown.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="supported">The transports that can be used.</param>
    public static SipTargetQuery? Of(SipUri uri, IReadOnlyList<SipTransportType> supported)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsSip || !TryReadTransport(uri, out var transport))
            return null;
        return new SipTargetQuery(uri.Parameters.Get("maddr") ?? uri.Host)
        {
            Port = uri.Port ?? 0,
            Transport = transport,
            IsSecure = uri.IsSecure,
            Supported = supported,
        };
    }

    /// <summary>The same query with the transport settled.</summary>
    public SipTargetQuery Over(SipTransportType transport) =>
        new(Host) { Port = Port, Transport = transport, IsSecure = IsSecure, Supported = Supported };

    /// <summary>For example <c>example.test, tcp</c>.</summary>
    public override string ToString() =>
        $"{Host}{(Port == 0 ? "" : $":{Port}")}{(IsSecure ? ", secure" : "")}{(Transport is { } one ? $", {one.ToString().ToLowerInvariant()}" : "")}";

    /// <summary>The transport where nothing says which (RFC 3263 §4.1); null when none that can be used will do.</summary>
    internal SipTransportType? TransportWithoutRecords
    {
        get
        {
            var wanted = Transport ?? (IsSecure ? SipTransportType.Tls : Supported.Contains(SipTransportType.Udp) ? SipTransportType.Udp : FirstUsable);
            return wanted is { } one && IsUsable(one) ? one : null;
        }
    }

    internal bool IsUsable(SipTransportType transport) =>
        Supported.Contains(transport)
        && (Transport is null || Transport == transport)
        && (!IsSecure || SecureTransport.Is(transport));

    private SipTransportType? FirstUsable
    {
        get
        {
            foreach (var transport in Supported)
                if (IsUsable(transport))
                    return transport;
            return null;
        }
    }

    // RFC 3261 §19.1.2, §26.2.2: over sips, tcp means TLS over it; datagrams can't be secured.
    private static bool TryReadTransport(SipUri uri, out SipTransportType? transport)
    {
        var name = uri.Transport?.ToLowerInvariant();
        transport = name switch
        {
            "udp" when !uri.IsSecure => SipTransportType.Udp,
            "tcp" => uri.IsSecure ? SipTransportType.Tls : SipTransportType.Tcp,
            "tls" => SipTransportType.Tls,
            "ws" => uri.IsSecure ? SipTransportType.SecureWebSocket : SipTransportType.WebSocket,
            "wss" => SipTransportType.SecureWebSocket,
            _ => null,
        };
        return name is null || transport is not null;
    }
}
