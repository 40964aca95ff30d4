namespace Rx.Sip.Transports.Dns;

/// <summary>What is asked: the records of a name that are of one type, of class IN.</summary>
/// <param name="Name">The name as <see cref="DnsName"/> writes names.</param>
/// <param name="Type">The type.</param>
internal readonly record struct DnsQuestion(string Name, DnsType Type)
{
    /// <summary>For example <c>SRV of _sip._udp.example.test</c>.</summary>
    public override string ToString() => $"{Type.ToString().ToUpperInvariant()} of {Name}";
}
