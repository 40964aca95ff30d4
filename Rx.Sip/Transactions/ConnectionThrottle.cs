using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// Holds back requests to a peer that lets too many wait for their answer (UCMA's connection throttling): from the high mark of transactions
/// over one flow on until the low one. Inside the mailbox only.
/// </summary>
internal sealed class ConnectionThrottle(RealTimeConnectionManager manager)
{
    private readonly int _high = manager.Settings.TrafficLimits.TransactionHighWaterMark;
    private readonly int _low = Math.Min(manager.Settings.TrafficLimits.TransactionLowWaterMark, manager.Settings.TrafficLimits.TransactionHighWaterMark - 1);

    /// <summary>Whether a request may be sent there now. What ends something is never held back.</summary>
    public bool Admits(SipTarget target, SipMethod method)
    {
        if (_high == int.MaxValue || RequestPreference.IsExempt(method) || !manager.FlowTo(target).IsThrottled)
            return true;
        manager.Meter.Exceeded(TrafficLimit.TransactionHighWaterMark);
        return false;
    }

    /// <summary>A transaction waits for its answer.</summary>
    public void Begin(Flow flow)
    {
        if (++flow.Outstanding >= _high && !flow.IsThrottled)
            Change(flow, true);
    }

    /// <summary>A transaction has its outcome.</summary>
    public void End(Flow flow)
    {
        if (--flow.Outstanding <= _low && flow.IsThrottled)
            Change(flow, false);
    }

    private void Change(Flow flow, bool isThrottled)
    {
        flow.IsThrottled = isThrottled;
        manager.TellThrottling(new ThrottlingChange.Sending(flow, isThrottled));
    }
}
