using System.Net;

namespace Rx.Sip.Transports.Dns;

/// <summary>A resource record of class IN.</summary>
/// <param name="Name">Whose record it is.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
internal abstract record DnsRecord(string Name, TimeSpan TimeToLive)
{
    public abstract DnsType Type { get; }

    /// <summary>A or AAAA: an address.</summary>
    public sealed record Address(string Name, TimeSpan TimeToLive, IPAddress Value) : DnsRecord(Name, TimeToLive)
    {
        public override DnsType Type => Value.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? DnsType.Aaaa : DnsType.A;
    }

    /// <summary>CNAME: the name is another name for the target.</summary>
    public sealed record Alias(string Name, TimeSpan TimeToLive, string Target) : DnsRecord(Name, TimeToLive)
    {
        public override DnsType Type => DnsType.Cname;
    }

    /// <summary>SOA: here only what says how long a denial holds (RFC 2308 §3).</summary>
    public sealed record Authority(string Name, TimeSpan TimeToLive, TimeSpan Minimum) : DnsRecord(Name, TimeToLive)
    {
        public override DnsType Type => DnsType.Soa;
    }

    /// <summary>SRV: a server of a service (RFC 2782). The root as target says that there is none.</summary>
    public sealed record Server(string Name, TimeSpan TimeToLive, int Priority, int Weight, int Port, string Target) : DnsRecord(Name, TimeToLive)
    {
        public override DnsType Type => DnsType.Srv;
    }

    /// <summary>NAPTR: a rule that leads on (RFC 3403 §4.1).</summary>
    public sealed record Rule(
        string Name, TimeSpan TimeToLive, int Order, int Preference, string Flags, string Services, string Expression, string Replacement)
        : DnsRecord(Name, TimeToLive)
    {
        public override DnsType Type => DnsType.Naptr;
    }

    /// <summary>OPT: what an extended server can do (RFC 6891 §6.1.2).</summary>
    public sealed record Options(int PayloadSize, int ExtendedCode) : DnsRecord(DnsName.Root, TimeSpan.Zero)
    {
        public override DnsType Type => DnsType.Opt;
    }

    /// <summary>A record of any other type or class.</summary>
    public sealed record Other(string Name, TimeSpan TimeToLive) : DnsRecord(Name, TimeToLive)
    {
        public override DnsType Type => DnsType.None;
    }
}
