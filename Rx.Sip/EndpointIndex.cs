using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>
/// The endpoints of a directory by what a Request-URI can name them with. Constant time, however many there are; of several with the same
/// name the one that came first counts. Safe from any thread.
/// </summary>
internal sealed class EndpointIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<EndpointCore>> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<EndpointCore>> _byAor = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<EndpointCore>> _byUser = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public void Add(EndpointCore endpoint)
    {
        lock (_gate)
        {
            Add(_byId, endpoint.Identity.EndpointId, endpoint);
            Add(_byAor, endpoint.Identity.Aor.UserAtHost, endpoint);
            if (endpoint.Identity.Aor.User is { } user)
                Add(_byUser, user, endpoint);
            Count++;
        }
    }

    public void Remove(EndpointCore endpoint)
    {
        lock (_gate)
        {
            if (!Remove(_byId, endpoint.Identity.EndpointId, endpoint))
                return;
            Remove(_byAor, endpoint.Identity.Aor.UserAtHost, endpoint);
            if (endpoint.Identity.Aor.User is { } user)
                Remove(_byUser, user, endpoint);
            Count--;
        }
    }

    /// <summary>
    /// The endpoint a URI means: the one it names by its id; else the one whose address-of-record it is; else the only one of that user, since
    /// proxies and peers may write our address in place of the domain.
    /// </summary>
    public EndpointCore? Find(SipUri uri)
    {
        lock (_gate)
            return (EndpointIdentity.IdIn(uri) is { } id && _byId.TryGetValue(id, out var ofId) ? ofId[0] : null)
                ?? (_byAor.TryGetValue(uri.UserAtHost, out var ofAor) ? ofAor[0] : null)
                ?? (uri.User is { } user && _byUser.TryGetValue(user, out var ofUser) && ofUser is [var only] ? only : null);
    }

    private static void Add(Dictionary<string, List<EndpointCore>> index, string name, EndpointCore endpoint)
    {
        if (index.TryGetValue(name, out var list))
            list.Add(endpoint);
        else
            index.Add(name, new List<EndpointCore>(1) { endpoint });
    }

    private static bool Remove(Dictionary<string, List<EndpointCore>> index, string name, EndpointCore endpoint)
    {
        var isThere = index.TryGetValue(name, out var list) && list.Remove(endpoint);
        if (isThere && list!.Count == 0)
            index.Remove(name);
        return isThere;
    }
}
