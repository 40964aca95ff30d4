namespace Rx.Sip.Authentication;

/// <summary>
/// How often one request has answered challenges. Each challenge is answered once; a server that calls its own nonces stale each
/// time is answered twice for its realm, then its challenge stands.
/// </summary>
internal sealed class AuthenticationAttempts
{
    private const int PerRealm = 2;
    private const int InAll = 6;

    private readonly List<Realm> _answered = new(1);

    /// <summary>Whether a challenge of the realm has been answered.</summary>
    public bool HasTaken(Realm realm) => _answered.Contains(realm);

    /// <summary>Takes one more attempt for the realm; false when there is none left.</summary>
    public bool TryTake(Realm realm)
    {
        if (_answered.Count >= InAll || _answered.Count(one => one == realm) >= PerRealm)
            return false;
        _answered.Add(realm);
        return true;
    }
}
