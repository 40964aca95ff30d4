using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>
/// The endpoints of a directory by what a Request-URI can name them with. Constant time, however many there are; of several with the same
/// name the one that came first counts. Safe from any thread.
/// </summary>
internal sealed class EndpointIndex
{
    private readonly Lock _gate = new();
    // An endpoint, or a list where several share the name: nearly all names are one endpoint's, and there may be very many.
    private readonly Dictionary<string, object> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<SipUri, object> _byAor = new(new AorComparer());
    private readonly Dictionary<string, object> _byUser = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public void Add(EndpointCore endpoint)
    {
        lock (_gate)
        {
            Add(_byId, endpoint.Identity.EndpointId, endpoint);
            Add(_byAor, endpoint.Identity.Aor, endpoint);
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
            Remove(_byAor, endpoint.Identity.Aor, endpoint);
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
            return (EndpointIdentity.IdIn(uri) is { } id ? First(_byId, id) : null)
                ?? First(_byAor, uri)
                ?? (uri.User is { } user && _byUser.TryGetValue(user, out var ofUser) ? ofUser as EndpointCore : null);
    }

    private static EndpointCore? First<T>(Dictionary<T, object> index, T name) where T : notnull =>
        index.TryGetValue(name, out var found) ? found as EndpointCore ?? ((List<EndpointCore>)found)[0] : null;

    private static void Add<T>(Dictionary<T, object> index, T name, EndpointCore endpoint) where T : notnull
    {
        if (!index.TryGetValue(name, out var found))
            index.Add(name, endpoint);
        else if (found is EndpointCore only)
            index[name] = new List<EndpointCore>(2) { only, endpoint };
        else
            ((List<EndpointCore>)found).Add(endpoint);
    }

    private static bool Remove<T>(Dictionary<T, object> index, T name, EndpointCore endpoint) where T : notnull
    {
        if (!index.TryGetValue(name, out var found))
            return false;
        if (found == endpoint)
            return index.Remove(name);
        if (found is not List<EndpointCore> several || !several.Remove(endpoint))
            return false;
        if (several is [var last])
            index[name] = last;
        return true;
    }
}
