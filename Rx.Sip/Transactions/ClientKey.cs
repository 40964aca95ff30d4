using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>
/// What a response finds its transaction by (RFC 3261 §17.1.3): the branch we made, and whether it answers the CANCEL, which
/// shares the branch of what it cancels.
/// </summary>
/// <param name="Branch">The random bits of the branch.</param>
/// <param name="IsCancel">Whether the method in CSeq is CANCEL.</param>
internal readonly record struct ClientKey(ulong Branch, bool IsCancel)
{
    /// <summary>Reads the key of a response; false when the branch is none of ours.</summary>
    public static bool TryRead(SipResponse response, in ViaSyntax via, out ClientKey key)
    {
        key = default;
        if (!BranchText.TryRead(via.Branch, out var branch) || response.CSeq is not { } cseq)
            return false;
        key = new ClientKey(branch, cseq.Method == SipMethod.Cancel);
        return true;
    }
}
