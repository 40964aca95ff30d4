namespace Rx.Sip.Tests.Interop;

/// <summary>The programs that interop tests talk to.</summary>
[Flags]
public enum Peers
{
    None = 0,
    Kamailio = 1,
    Sipp = 2,
    Baresip = 4,
    Dnsmasq = 8,
    OpenSsl = 16,
}
