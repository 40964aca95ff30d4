using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>One of <see cref="AnsweredRequests"/>.</summary>
internal struct AnsweredRequest
{
    /// <summary>What the response goes over.</summary>
    public Flow Flow { get; set; }

    /// <summary>When it is forgotten.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>The number of the one before it with the same hash; -1 when there is none.</summary>
    public long Previous { get; set; }

    /// <summary>What <see cref="OngoingRequests"/> is to be told then.</summary>
    public ulong Claim { get; set; }

    /// <summary>The hash of the key.</summary>
    public int Hash { get; set; }

    /// <summary>Where the key begins among the octets of the block; the response follows it.</summary>
    public int Start { get; set; }

    public int KeyLength { get; set; }

    public int ResponseLength { get; set; }
}
