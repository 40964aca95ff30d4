namespace Rx.Sip.Transports;

/// <summary>
/// A connection that a peer has opened and that has to be allowed before anything that comes over it is taken (UCMA's class of nearly that
/// name). Unless it is allowed or deferred when the observers' <c>OnNext</c> return, it is denied. The first decision counts; later ones
/// change nothing. Members can be called from any thread.
/// </summary>
public sealed class ConnectionAuthorizationRequest
{
    private readonly Admissions _admissions;
    private int _decided;
    private int _deferrals;

    internal ConnectionAuthorizationRequest(Admissions admissions, Flow connection, DateTimeOffset deadline) =>
        (_admissions, Connection, Deadline) = (admissions, connection, deadline);

    /// <summary>The connection: its transport and addresses, the certificate that the peer has shown and the domains it has proven.</summary>
    public Flow Connection { get; }

    /// <summary>When it is denied unless it was allowed before.</summary>
    public DateTimeOffset Deadline { get; }

    /// <summary>Whether it was allowed or denied, by whomever, or has run out of time.</summary>
    public bool IsDecided => Volatile.Read(ref _decided) != 0;

    /// <summary>Takes what the peer sends from now on, and what it has sent already.</summary>
    public void Allow()
    {
        if (TryDecide())
            _admissions.Allow(Connection);
    }

    /// <summary>Closes the connection without having taken anything.</summary>
    public void Deny() => Deny("was denied");

    /// <summary>
    /// Keeps the connection waiting when the observers return: for who decides later. Disposing what comes back denies unless it was decided
    /// meanwhile; so does the <see cref="Deadline"/>.
    /// </summary>
    public IDisposable Defer()
    {
        Interlocked.Increment(ref _deferrals);
        return new Deferral(this);
    }

    /// <summary>For example <c>tls 192.0.2.1:5061 to 192.0.2.7:49152</c>.</summary>
    public override string ToString() => Connection.ToString();

    /// <summary>The same for another reason.</summary>
    internal void Deny(string why)
    {
        if (TryDecide())
            _admissions.Deny(Connection, why);
    }

    /// <summary>All who observe have seen it.</summary>
    internal void Settle()
    {
        if (Volatile.Read(ref _deferrals) == 0)
            Deny("was allowed by nobody");
    }

    private bool TryDecide() => Interlocked.Exchange(ref _decided, 1) == 0;

    private sealed class Deferral(ConnectionAuthorizationRequest request) : IDisposable
    {
        public void Dispose() => request.Deny();
    }
}
