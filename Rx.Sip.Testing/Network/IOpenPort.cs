namespace Rx.Sip.Testing.Network;

/// <summary>What a host holds open: a socket, a listener, an end of a connection. Its text says which.</summary>
internal interface IOpenPort
{
    /// <summary>The transport it was opened by.</summary>
    SimulatedTransport Owner { get; }

    /// <summary>Closes it in order.</summary>
    void Close();

    /// <summary>Ends it at once: who uses it hears why, peers are told nothing.</summary>
    void Break(Exception error);
}
