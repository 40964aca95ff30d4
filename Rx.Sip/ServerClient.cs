using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// Sends everything to one server, whatever the Request-URI says. Its name is looked up once and the address that worked is kept,
/// so that registration and messages go the same way; an address that fails gives way to the next.
/// </summary>
internal sealed class ServerClient : IRequestClient, IDisposable
{
    private readonly EndpointDirectory _directory;
    private readonly (string Host, int Port, SipTransportType Transport) _server;
    private readonly IDisposable _watch;
    private Candidates _candidates = new([], 0);

    public ServerClient(EndpointDirectory directory, string host, int port, SipTransportType transport)
    {
        (_directory, _server) = (directory, (host, port, transport));
        _watch = directory.Manager.FlowsClosed.Subscribe(closed =>
        {
            if (closed.Error is not null)
                Leave(closed.Flow);
        });
    }

    public IObservable<SipResponse> Request(SipRequest request) =>
        _candidates.Current is { } target
            ? _directory.Layer.To(target).Request(request)
            : Resolve().SelectMany(found => found is null
                ? Observable.Return(SipResponse.Local(request, SipStatus.ServiceUnavailable, $"{_server.Host} can't be found"))
                : _directory.Layer.To(found).Request(request));

    /// <summary>
    /// Cold: yields a flow to the server that stands, or null when none can be had, and completes; never errors. The addresses are tried
    /// one after the other (RFC 3263 §4.3). Speaks in the protocol mailbox, or on the resolver's thread.
    /// </summary>
    public IObservable<Flow?> Connect() => Resolve().SelectMany(target => target is null ? Observable.Return<Flow?>(null) : Walk());

    /// <summary>Leaves the current address for the next one, if it is the one that the flow leads to: it has been told once that it failed, maybe twice.</summary>
    public void Leave(Flow flow)
    {
        if (_candidates.Current is { } target && target.Transport == flow.Transport && target.EndPoint.Equals(flow.RemoteEndPoint))
            Leave(target);
    }

    public void Dispose() => _watch.Dispose();

    private void Leave(SipTarget target)
    {
        var candidates = _candidates;
        if (candidates.Current == target)
            Interlocked.CompareExchange(ref _candidates, candidates.Next(), candidates);
    }

    private IObservable<SipTarget?> Resolve() => Observable.Defer(() =>
        _candidates.Current is { } target
            ? Observable.Return<SipTarget?>(target)
            : _directory.Manager.Resolver.Resolve(_server.Host, _server.Port, _server.Transport)
                // A resolver doesn't fail; one that does knows no targets.
                .Catch(Observable.Empty<IReadOnlyList<SipTarget>>())
                .FirstOrDefaultAsync()
                .Select(list =>
                {
                    var found = new Candidates(list ?? [], 0);
                    _candidates = found;
                    return found.Current;
                }));

    // As deep as there are addresses. No Repeat: what answers on the spot would never let it see that it is over.
    private IObservable<Flow?> Walk() => Observable.Defer(() =>
        _candidates.Current is { } target
            ? Open(target).SelectMany(flow =>
            {
                if (flow is not null)
                    return Observable.Return<Flow?>(flow);
                Leave(target);
                return Walk();
            })
            : Observable.Return<Flow?>(null));

    private IObservable<Flow?> Open(SipTarget target) => Observable.Create<Flow?>(observer =>
    {
        var waiting = new SingleAssignmentDisposable();
        var manager = _directory.Manager;
        manager.Mailbox.Post(() =>
        {
            var flow = manager.FlowTo(target);
            waiting.Disposable = (flow.IsStanding
                    ? Observable.Return<Flow?>(flow)
                    : manager.FlowsOpened.Where(opened => opened == flow)
                        .Merge(manager.FlowsClosed.Where(closed => closed.Flow == flow).Select(_ => (Flow?)null))
                        .Append(null)
                        .Take(1))
                .Subscribe(observer);
        });
        return waiting;
    });

    private sealed record Candidates(IReadOnlyList<SipTarget> Targets, int Index)
    {
        public SipTarget? Current => Index < Targets.Count ? Targets[Index] : null;

        // Behind the last one the name is looked up anew.
        public Candidates Next() => this with { Index = Index + 1 };
    }
}
