using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip.Transports;

/// <summary>One way to one peer: a connection, or over UDP a pair of addresses (RFC 5626 §2). Members can be called from any thread and never throw for what the network does.</summary>
public interface ITransportFlow
{
    /// <summary>Our address of the flow as the system knows it; before a connection stands the best guess.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>The peer's address.</summary>
    IPEndPoint RemoteEndPoint { get; }

    /// <summary>The sink's own note about the flow, null at first: the transport keeps it and never looks at it.</summary>
    object? Note { get; set; }

    /// <summary>Whether what arrives together is one message, as over WebSocket (RFC 7118 §5); false for a stream of octets.</summary>
    bool KeepsBoundaries => false;

    /// <summary>The certificate that the peer has shown; null when none.</summary>
    X509Certificate2? RemoteCertificate => null;

    /// <summary>The domains that the peer has proven to speak for (RFC 5922 §7.1), by a certificate that we trust.</summary>
    ImmutableArray<string> RemoteDomains => [];

    /// <summary>How many octets wait to be sent, more or less; 0 where that is not known.</summary>
    int UnsentOctets => 0;

    /// <summary>
    /// Sends the octets of one message. The memory must not change afterwards: it may be sent later. A failure closes the
    /// flow, which the sink hears; over UDP it is an error of this datagram alone and heard as a
    /// <see cref="ITransportSink.Closed"/> of the flow too.
    /// </summary>
    void Send(ReadOnlyMemory<byte> octets);

    /// <summary>Closes the flow; the sink hears it once with no error. Nothing happens the second time.</summary>
    void Close();

    /// <summary>Stops reading until <see cref="Resume"/>, so that the peer has to wait; a datagram flow goes on.</summary>
    void Pause()
    {
    }

    /// <summary>Goes on reading.</summary>
    void Resume()
    {
    }
}
