namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>What a certificate is to say.</summary>
internal sealed record CertificateWish
{
    public string CommonName { get; init; } = "somebody";

    public IReadOnlyList<string> Hosts { get; init; } = [];

    public IReadOnlyList<string> Uris { get; init; } = [];

    /// <summary>Its enhanced key usages; null: server and client.</summary>
    public IReadOnlyList<string>? Uses { get; init; }

    public TimeSpan From { get; init; } = TimeSpan.FromDays(-7);

    public TimeSpan Until { get; init; } = TimeSpan.FromDays(7);

    public string? RevocationList { get; init; }

    /// <summary>Whether nobody but itself vouches for it.</summary>
    public bool IsSelfSigned { get; init; }
}
