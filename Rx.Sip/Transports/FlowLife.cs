using Microsoft.Extensions.Logging;
using Rx.Sip.Diagnostics;

namespace Rx.Sip.Transports;

/// <summary>
/// What becomes of the flows that transports tell of: those that stand are taken in, or have to be allowed before, and those that are over
/// are given up. From any thread.
/// </summary>
internal sealed class FlowLife(RealTimeConnectionManager manager, Admissions admissions, Backlog backlog, ILogger log)
{
    /// <summary>The connection stands.</summary>
    public void Open(Flow flow)
    {
        if (flow.Refusal is { } limit)
        {
            manager.Meter.ConnectionRefused(limit);
            log.Refused(flow, limit);
            flow.Close();
            return;
        }
        flow.Stand();
        manager.Meter.ConnectionOpened();
        log.Opened(flow);
        if (admissions.Concerns(flow))
        {
            flow.HoldBack();
            manager.Mailbox.Post(static (self, what) => ((Admissions)self!).Ask((Flow)what!), admissions, flow);
        }
        else
        {
            manager.Mailbox.Post(static (self, what) => ((FlowSet)self!).Admit((Flow)what!), manager.Flows, flow);
        }
    }

    /// <summary>The flow is over, or never came to stand.</summary>
    public void End(Flow flow, Exception? error)
    {
        backlog.Forget(flow);
        manager.Reception.Forget(flow);
        if (flow.Refusal is not null && !flow.IsOutgoing)
            return;
        if (error is LimitExceededException { Limit: var limit })
            manager.Meter.Exceeded(limit);
        if (error is null)
            log.Closed(flow);
        else if (flow.IsOutgoing)
            log.Lost(flow, error.Message);
        else
            log.LostPeer(flow, error.Message);
        manager.Mailbox.Post(static (self, what) => ((FlowLife)self!).Dismiss((FlowClosed)what!), this, new FlowClosed(flow, error));
    }

    private void Dismiss(FlowClosed closed)
    {
        admissions.Forget(closed.Flow);
        manager.Flows.Dismiss(closed);
    }
}
