using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports;

/// <summary>
/// The connections of peers that wait for being allowed: so many at most, each so long at most. Inside the mailbox only, unless a member
/// says otherwise.
/// </summary>
internal sealed class Admissions(RealTimeConnectionManager manager, FlowSet flows, ManagerStreams streams) : IDisposable
{
    private readonly Dictionary<Flow, IDisposable> _waiting = [];

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Whether a connection has to be allowed. From any thread.</summary>
    public bool Concerns(Flow flow)
    {
        if (!manager.Settings.NeedsConnectionAuthorization || flow.IsOutgoing)
            return false;
        var proven = flow.RemoteDomains;
        return !manager.Tls.TrustedDomains.Any(trusted => CertificateDomains.Match(proven, trusted));
    }

    /// <summary>Asks whoever observes; nobody's leave is none.</summary>
    public void Ask(Flow flow)
    {
        if (!flow.IsOpen)
            return;
        var timeout = manager.Settings.ConnectionAuthorizationTimeout;
        var request = new ConnectionAuthorizationRequest(this, flow, manager.Scheduler.Now + timeout);
        if (_waiting.Count >= manager.Settings.MaxConnectionAuthorizations)
        {
            request.Deny("was denied: too many wait already");
            return;
        }
        var timer = new SingleAssignmentDisposable();
        _waiting.Add(flow, timer);
        timer.Disposable = manager.Scheduler.Schedule(timeout, () => request.Deny("was not allowed in time"));
        if (!streams.TryAsk(request))
            request.Deny("was denied: nobody is there to allow it");
    }

    /// <summary>Lets the connection in. From any thread.</summary>
    public void Allow(Flow flow) => manager.Mailbox.Post(() =>
    {
        if (!Forget(flow) || !flow.IsOpen)
            return;
        flows.Admit(flow);
        flow.LetIn();
    });

    /// <summary>Closes the connection. From any thread.</summary>
    public void Deny(Flow flow, string why) => manager.Mailbox.Post(() =>
    {
        Forget(flow);
        if (!flow.IsOpen)
            return;
        manager.Meter.ConnectionDenied();
        flow.Close(new ConnectionFailureException($"The connection of {flow.RemoteEndPoint} {why}.", null));
    });

    /// <summary>The connection waits no longer; false when it did not.</summary>
    public bool Forget(Flow flow)
    {
        if (!_waiting.Remove(flow, out var timer))
            return false;
        timer.Dispose();
        return true;
    }

    public void Dispose()
    {
        foreach (var timer in _waiting.Values)
            timer.Dispose();
        _waiting.Clear();
    }
}
