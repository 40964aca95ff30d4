namespace Rx.Sip.Transports.Dns;

/// <summary>What came of a question.</summary>
internal enum DnsVerdict
{
    /// <summary>There are records.</summary>
    Found,

    /// <summary>There are none of the type, or the name does not exist (RFC 2308 §2).</summary>
    Denied,

    /// <summary>Nobody knows: no server answered, or none could find out.</summary>
    Failed,
}
