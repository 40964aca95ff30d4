namespace Rx.Sip.Testing;

/// <summary>What a line of traffic is about.</summary>
public enum TrafficKind
{
    /// <summary>Octets: a message, or a keep-alive.</summary>
    Octets,

    /// <summary>A connection: asked for, refused, closed or reset.</summary>
    Connection,

    /// <summary>Something that happened to a host or the network, or what a test wants to remember.</summary>
    Note,
}
