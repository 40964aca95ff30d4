using System.Reactive.Concurrency;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Testing.Server;

/// <summary>What a server says of itself: its streams, which speak on its scheduler, and its counters.</summary>
internal sealed class ServerNews(IScheduler scheduler, Action<Exception> onError)
{
    private readonly ObserverMailbox _mailbox = new(scheduler, onError, int.MaxValue);
    private readonly HotStream<ServedRequest> _requests = new();
    private readonly HotStream<ServerBindingChange> _bindings = new();
    private long _came;
    private long _challenged;
    private long _relayed;
    private long _refused;
    private long _unanswered;

    public IObservable<ServedRequest> Requests => _requests;

    public IObservable<ServerBindingChange> Bindings => _bindings;

    public EmbeddedServerCounts Counts => new(
        Interlocked.Read(ref _came),
        Interlocked.Read(ref _challenged),
        Interlocked.Read(ref _relayed),
        Interlocked.Read(ref _refused),
        Interlocked.Read(ref _unanswered));

    public void Came() => Interlocked.Increment(ref _came);

    public void Challenged() => Interlocked.Increment(ref _challenged);

    public void Relayed() => Interlocked.Increment(ref _relayed);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Done(SipRequest request, SipResponse response) => Tell(_requests, new ServedRequest(scheduler.Now, request, response));

    public void Unanswered(SipRequest request)
    {
        Interlocked.Increment(ref _unanswered);
        Tell(_requests, new ServedRequest(scheduler.Now, request, null));
    }

    public void Changed(ServerBindingChangeKind kind, ServerBinding binding) =>
        Tell(_bindings, new ServerBindingChange(scheduler.Now, kind, binding));

    public void Complete() => _mailbox.Post(() =>
    {
        _requests.Complete();
        _bindings.Complete();
    });

    private void Tell<T>(HotStream<T> stream, T value) where T : class
    {
        if (stream.HasObservers)
            _mailbox.Post(static (to, what) => ((HotStream<T>)to!).OnNext((T)what!), stream, value);
    }
}
