namespace Rx.Sip.Testing.Server;

/// <summary>Whether a REGISTER asks for RFC 5626, and whether the way it came allows that (§6).</summary>
internal enum OutboundWish
{
    /// <summary>It does not ask.</summary>
    None,

    /// <summary>It asks, and came straight from the device or by an edge proxy that keeps the flow.</summary>
    Possible,

    /// <summary>It asks, and came by a proxy that knows nothing of flows.</summary>
    Impossible,
}
