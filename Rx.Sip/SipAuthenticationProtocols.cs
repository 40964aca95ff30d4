namespace Rx.Sip;

/// <summary>How an endpoint may authenticate itself; combine them. The server's challenge decides which of the allowed ones is used.</summary>
[Flags]
public enum SipAuthenticationProtocols
{
    /// <summary>Not at all: every challenge ends in a failure.</summary>
    None = 0,

    /// <summary>NTLM, as Office Communications Server asks for it.</summary>
    Ntlm = 1,

    /// <summary>Kerberos, as Office Communications Server asks for it.</summary>
    Kerberos = 2,

    /// <summary>Digest (RFC 7616, RFC 8760), what all other servers ask for.</summary>
    Digest = 4,
}
