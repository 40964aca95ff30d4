namespace Rx.Sip.Authentication;

/// <summary>
/// How often one request has answered challenges. Each challenge is answered once; a server that has a new one each time is
/// answered twice for its realm (once for the first, once for a nonce that was out of date), then its challenge stands.
/// </summary>
internal sealed class AuthenticationAttempts
{
    private const int PerRealm = 2;
    private const int InAll = 6;

    private readonly List<Realm> _answered = new(1);

    /// <summary>Takes one more attempt for the realm; false when there is none left.</summary>
    public bool TryTake(Realm realm)
    {
        if (_answered.Count >= InAll || _answered.Count(one => one == realm) >= PerRealm)
            return false;
        _answered.Add(realm);
        return true;
    }
}
