namespace Rx.Sip.Authentication;

/// <summary>How a server asks for Digest.</summary>
internal sealed record DigestVerifierSettings
{
    /// <summary>The realm.</summary>
    public required string Realm { get; init; }

    /// <summary>The algorithms offered, the preferred one first (RFC 8760 §2.3).</summary>
    public IReadOnlyList<DigestAlgorithm> Algorithms { get; init; } =
        [new(DigestHash.Sha256, IsSession: false), new(DigestHash.Md5, IsSession: false)];

    /// <summary>The protections offered; none makes challenges without <c>qop</c> for clients of the days of RFC 2069, whose replays can't be told.</summary>
    public IReadOnlyList<DigestQop> Protections { get; init; } = [DigestQop.Auth];

    /// <summary>How long a nonce is good for.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many nonces in use are remembered; beyond that the oldest is out of date before its time.</summary>
    public int MaximumNonces { get; init; } = 100_000;

    /// <summary>Whether each success hands out the nonce of the next request (<c>nextnonce</c>), so that clients are not challenged again.</summary>
    public bool HandsOutNextNonce { get; init; }
}
