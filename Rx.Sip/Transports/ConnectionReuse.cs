namespace Rx.Sip.Transports;

/// <summary>
/// Which connections carry requests both ways (RFC 5923): who opened one says with <c>alias</c> in its Via that requests for the address it
/// listens on may come over it, and the other side need not open a second one.
/// </summary>
public enum ConnectionReuse
{
    /// <summary>None: <c>alias</c> is neither said nor heeded.</summary>
    Never,

    /// <summary>
    /// TLS connections. Requests go back over one only to a domain that the certificate of who opened it proves, at the address it came from
    /// and the port it named.
    /// </summary>
    Verified,

    /// <summary>
    /// TCP connections as well, by the address they came from and the port that was named. Whoever can connect from a host can take the requests for
    /// any port of it: for networks where everybody is trusted, and never for servers of several domains (RFC 5923 §9.3).
    /// </summary>
    Always,
}
