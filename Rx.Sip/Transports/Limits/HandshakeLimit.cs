using System.Net;
using System.Net.Sockets;
using System.Reactive.Disposables;
using Rx.Sip.Diagnostics;

namespace Rx.Sip.Transports.Limits;

/// <summary>How long peers may take to shake hands, and how many may be about it at a time: each costs memory, and a TLS one work as well.</summary>
internal sealed class HandshakeLimit(TrafficGuard guard)
{
    private readonly SourceCounts _sources = new(guard.Limits.MaxHandshakesPerPeer);
    private int _running;

    /// <summary>Handshakes that are under way.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The flow of a connection that was accepted, made with its permit; null when there are too many, or it is gone already.</summary>
    public T? Admit<T>(Socket socket, Func<HandshakePermit, T> make) where T : class
    {
        HandshakePermit? permit = null;
        try
        {
            permit = Take(SourceKey.Of(((IPEndPoint)socket.RemoteEndPoint!).Address));
            if (permit is not null)
                return make(permit);
        }
        catch (SocketException)
        {
            // The peer has hung up.
            permit?.Return();
        }
        socket.Dispose();
        return null;
    }

    internal IDisposable Begin(HandshakePermit permit, Action late)
    {
        var timer = guard.After(guard.Limits.HandshakeTimeout, late);
        return Disposable.Create(() =>
        {
            timer.Dispose();
            permit.Return();
        });
    }

    internal void Return(SourceKey source)
    {
        Interlocked.Decrement(ref _running);
        _sources.Return(source);
    }

    private HandshakePermit? Take(SourceKey source)
    {
        if (!_sources.TryTake(source))
        {
            guard.Exceeded(TrafficLimit.MaxHandshakesPerPeer);
            return null;
        }
        if (Interlocked.Increment(ref _running) <= guard.Limits.MaxHandshakes)
            return new HandshakePermit(this, source);
        Return(source);
        guard.Exceeded(TrafficLimit.MaxHandshakes);
        return null;
    }
}
