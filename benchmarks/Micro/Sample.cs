namespace Rx.Sip.Benchmarks.Micro;

/// <summary>Messages as they go over the wire every day.</summary>
public enum Sample
{
    /// <summary>A page-mode message of 500 octets.</summary>
    Message,

    /// <summary>An INVITE with a session description, 1.2 kB, through a proxy.</summary>
    Invite,

    /// <summary>A REGISTER that answers a Digest challenge.</summary>
    Register,
}
