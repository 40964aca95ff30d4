namespace Rx.Sip.Transports;

/// <summary>Finds where a host lives: DNS, a fixed table, or what a test says (RFC 3263).</summary>
public interface ISipResolver
{
    /// <summary>
    /// Cold. Yields one list, the targets in the order they are to be tried, and completes; the list is empty when the name
    /// is unknown or can't be looked up now. Never errors. May answer on any thread, at once if nothing has to be asked.
    /// </summary>
    /// <param name="host">A name or a numeric address, IPv6 in brackets or without.</param>
    /// <param name="port">The port, 0 when none is given: 5060, with TLS 5061, unless the name's records say another.</param>
    /// <param name="transport">The transport wanted.</param>
    IObservable<IReadOnlyList<SipTarget>> Resolve(string host, int port, SipTransportType transport);
}
