using System.Net.Sockets;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Rx.Sip.Transports;

/// <summary>How long peers may take to shake hands, and how many may be about it at a time: each costs memory, and a TLS one work as well.</summary>
internal sealed class HandshakeLimit(IScheduler scheduler, TimeSpan timeout, int max)
{
    private int _running;

    /// <summary>The flow of a connection that was accepted, whose handshake will <see cref="Begin"/>; null when there are too many, or it is gone already.</summary>
    public T? Admit<T>(Socket socket, Func<T> make) where T : class
    {
        try
        {
            if (Interlocked.Increment(ref _running) <= max)
                return make();
        }
        catch (SocketException)
        {
            // The peer has hung up.
        }
        Interlocked.Decrement(ref _running);
        socket.Dispose();
        return null;
    }

    /// <summary>A handshake begins; it is over when the result is disposed.</summary>
    public IDisposable Begin(Action late)
    {
        var timer = scheduler.Schedule(timeout, late);
        return Disposable.Create(() =>
        {
            timer.Dispose();
            Interlocked.Decrement(ref _running);
        });
    }
}
