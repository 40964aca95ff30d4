using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transactions;

/// <summary>
/// The requests that are being answered, by what makes them one request whatever way they took: From tag, Call-ID and CSeq
/// (RFC 3261 §8.2.2.2); gone with their transactions, so that over a stream an answered one is known to the endpoint alone. A claim is a number, so that a request that only lingers costs no more than that.
/// </summary>
internal sealed class OngoingRequests(SipIdentifiers identifiers)
{
    /// <summary>The claim of those that claim nothing.</summary>
    public const ulong None = 0;

    private readonly HashSet<ulong> _claims = [];
    private ulong? _key;

    public int Count => _claims.Count;

    /// <summary>
    /// Claims a request for one user agent; false when it came another way and is being answered already. A request inside of a dialog
    /// needs no claim.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="scope">Who answers it: a request forked to two users is two requests.</param>
    /// <param name="claim">What <see cref="Release"/> takes.</param>
    public bool TryClaim(SipRequest request, ulong scope, out ulong claim)
    {
        claim = None;
        var frame = request.Frame;
        if (frame.TryFind(HeaderId.To, out var to) && ResponseWriter.HasTag(to))
            return true;
        var hash = new KeyedHash(_key ??= identifiers.Next());
        hash.Add(scope);
        if (frame.TryFind(HeaderId.From, out var from) && AddressParts.TryRead(from, out var sender))
            hash.Add(sender.Tag);
        frame.TryFind(HeaderId.CallId, out var callId);
        frame.TryFind(HeaderId.CSeq, out var sequence);
        hash.Add(callId);
        hash.Add(sequence);
        claim = hash.Value | 1;
        if (_claims.Add(claim))
            return true;
        claim = None;
        return false;
    }

    /// <summary>Lets go of a claim.</summary>
    public void Release(ulong claim)
    {
        if (claim != None)
            _claims.Remove(claim);
    }

    public void Clear() => _claims.Clear();
}
