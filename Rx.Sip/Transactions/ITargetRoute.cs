using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>By what a request finds its targets: what it says itself, or one server for everything. Used inside the mailbox.</summary>
internal interface ITargetRoute
{
    /// <summary>Where the request goes without asking anybody; null when the targets have to be looked up.</summary>
    SipTarget? Settled(SipRequest request);

    /// <summary>Whether another target is tried when one fails.</summary>
    bool GoesOn(SipRequest request);

    /// <summary>The way through the targets of the request; null when it leads nowhere.</summary>
    TargetWalk? Walk(SipRequest request, ITargetWalker walker);

    /// <summary>The target has answered.</summary>
    void Worked(SipTarget target);
}
