using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transactions;

/// <summary>
/// The requests that are being answered, by what makes them one request whatever way they took: From tag, Call-ID and CSeq
/// (RFC 3261 §8.2.2.2); gone with their transactions, but for those that are to be kept. A claim is a number, so that a request that only lingers
/// costs no more than that.
/// </summary>
internal sealed class OngoingRequests(SipIdentifiers identifiers)
{
    /// <summary>The claim of those that claim nothing.</summary>
    public const ulong None = 0;

    // More than come in the time they are kept for, unless somebody floods us; then the oldest give way.
    private const int MostKept = 4096;

    private readonly HashSet<ulong> _claims = [];
    private readonly Queue<(ulong Claim, TimeSpan Until)> _kept = new();
    private ulong? _key;

    public int Count => _claims.Count - _kept.Count;

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

    /// <summary>
    /// Keeps a claim beyond its transaction, until that time: over streams a transaction is over with its answer, but what was sent by several
    /// flows may still come by another one.
    /// </summary>
    public void Keep(ulong claim, TimeSpan until)
    {
        if (claim == None)
            return;
        if (_kept.Count >= MostKept)
            _claims.Remove(_kept.Dequeue().Claim);
        _kept.Enqueue((claim, until));
    }

    /// <summary>Releases what was to be kept until now.</summary>
    public void Forget(TimeSpan now)
    {
        while (_kept.TryPeek(out var oldest) && oldest.Until <= now)
            _claims.Remove(_kept.Dequeue().Claim);
    }

    public void Clear()
    {
        _claims.Clear();
        _kept.Clear();
    }
}
