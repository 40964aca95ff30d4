using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Reactive.Disposables;
using Microsoft.Extensions.Logging;
using Rx.Sip.Diagnostics;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports;

/// <summary>The addresses a manager listens on, and who asked for each. Safe from any thread.</summary>
internal sealed class ListeningSet(LatestStream<ImmutableArray<ListeningAddress>> addresses, ILogger log)
{
    private readonly Lock _gate = new();
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
        Change(all => all.Add(address));
        ImmutableInterlocked.Update(ref _observers, static (all, one) => all.Add(one), observer);
        log.Listening(address);
        var stop = Disposable.Create(() =>
        {
            Change(all => all.Remove(address));
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

    // Under the gate, so that those who observe hear of the changes in their order.
    private void Change(Func<ImmutableArray<ListeningAddress>, ImmutableArray<ListeningAddress>> change)
    {
        lock (_gate)
            addresses.Publish(_addresses = change(_addresses));
    }
}
