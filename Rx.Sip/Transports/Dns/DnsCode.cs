namespace Rx.Sip.Transports.Dns;

/// <summary>How a server judges a query (RFC 1035 §4.1.1, RFC 6891 §6.1.3). Others stay numbers.</summary>
internal enum DnsCode : ushort
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
    BadVersion = 16,
}
