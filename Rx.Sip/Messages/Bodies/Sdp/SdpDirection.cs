namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>In which direction media flow, seen from who wrote the description (RFC 8866 §6.7).</summary>
[Flags]
public enum SdpDirection
{
    /// <summary><c>inactive</c>.</summary>
    Inactive = 0,

    /// <summary><c>sendonly</c>.</summary>
    SendOnly = 1,

    /// <summary><c>recvonly</c>.</summary>
    ReceiveOnly = 2,

    /// <summary><c>sendrecv</c>, the default.</summary>
    SendReceive = SendOnly | ReceiveOnly,
}
