using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Reactive.Disposables;
using Microsoft.Extensions.Logging;
using Rx.Sip.Diagnostics;

namespace Rx.Sip.Transports;

/// <summary>The addresses a manager listens on, and who asked for each. Safe from any thread.</summary>
internal sealed class ListeningSet(ILogger log)
{
    private ImmutableArray<ListeningAddress> _addresses = [];
    private ImmutableList<IObserver<IPEndPoint>> _observers = [];

    public ImmutableArray<ListeningAddress> Addresses => _addresses;

    /// <summary>Listens until the result is disposed; the observer gets the bound address, or why there is none.</summary>
    public IDisposable Start(TransportPort port, IPEndPoint local, IObserver<IPEndPoint> observer)
    {
        ITransportListener listener;
        try
        {
            listener = port.Listen(local);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            observer.OnError(new ConnectionFailureException($"Can't listen on {new ListeningAddress(port.Type, local)}: {error.Message}", error));
            return Disposable.Empty;
        }
        catch (TlsFailureException error)
        {
            observer.OnError(error);
            return Disposable.Empty;
        }
        var address = new ListeningAddress(port.Type, listener.LocalEndPoint);
        ImmutableInterlocked.Update(ref _addresses, static (all, one) => all.Add(one), address);
        ImmutableInterlocked.Update(ref _observers, static (all, one) => all.Add(one), observer);
        log.Listening(address);
        var stop = Disposable.Create(() =>
        {
            ImmutableInterlocked.Update(ref _addresses, static (all, one) => all.Remove(one), address);
            ImmutableInterlocked.Update(ref _observers, static (all, one) => all.Remove(one), observer);
            listener.Dispose();
            log.StoppedListening(address);
        });
        observer.OnNext(address.EndPoint);
        return stop;
    }

    /// <summary>Tells everybody who listens that it is over.</summary>
    public void Complete()
    {
        foreach (var observer in _observers)
            observer.OnCompleted();
    }
}
