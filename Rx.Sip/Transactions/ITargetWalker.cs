using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>Who goes along a <see cref="TargetWalk"/>. Called inside the mailbox.</summary>
internal interface ITargetWalker
{
    /// <summary>Tries a target; if it fails, the walk is asked to go on.</summary>
    void Try(SipTarget target);

    /// <summary>There is no further target. <paramref name="problem"/> is what the resolver said if there was none at all.</summary>
    void GiveUp(string? problem);
}
