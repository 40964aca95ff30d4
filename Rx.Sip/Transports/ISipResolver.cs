namespace Rx.Sip.Transports;

/// <summary>Finds where a host lives: DNS, a fixed table, or what a test says (RFC 3263).</summary>
public interface ISipResolver
{
    /// <summary>
    /// Cold. Yields one list, the targets in the order they are to be tried, and completes; the list is empty when the name
    /// is unknown or can't be looked up now. Never errors. May answer on any thread, at once if nothing has to be asked.
    /// Disposing the subscription gives up.
    /// </summary>
    /// <param name="query">What is asked for.</param>
    IObservable<SipTargetList> Resolve(SipTargetQuery query);
}
