namespace Rx.Sip.Authentication;

/// <summary>Whether a response proved that its sender knows the secret (<c>rspauth</c>, RFC 7616 §3.5).</summary>
internal enum ServerProof
{
    /// <summary>It gave no proof, as most servers don't.</summary>
    NotGiven,

    /// <summary>The proof is right.</summary>
    Verified,

    /// <summary>
    /// The proof is wrong. That is told and no more: whoever could forge the response could as well leave the proof out, and
    /// servers that compute it wrongly exist.
    /// </summary>
    Mismatch,
}
