using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// Sends everything to one server, whatever the Request-URI says. Its name is looked up once and the address that worked is kept,
/// so that registration and messages go the same way; an address that fails gives way to the next. A server that redirects is
/// followed by everything.
/// </summary>
internal sealed class ServerClient : IRequestClient, IDisposable
{
    private readonly EndpointDirectory _directory;
    private readonly IDisposable _watch;
    private Course _course;

    public ServerClient(EndpointDirectory directory, ServerName server)
    {
        (_directory, Home) = (directory, server);
        _course = new Course(server, [], 0);
        _watch = directory.Manager.FlowsClosed.Subscribe(closed =>
        {
            if (closed.Error is not null)
                Leave(closed.Flow);
        });
    }

    /// <summary>The server that was asked for.</summary>
    public ServerName Home { get; }

    public IObservable<SipResponse> Request(SipRequest request)
    {
        var course = Volatile.Read(ref _course);
        return course.Target is { } target
            ? _directory.Layer.To(target).Request(request)
            : Resolve().SelectMany(found => found is null
                ? Observable.Return(SipResponse.Local(request, SipStatus.ServiceUnavailable, $"{course.Server.Host} can't be found"))
                : _directory.Layer.To(found).Request(request));
    }

    /// <summary>
    /// Cold: yields a flow to the server that stands, or null when none can be had, and completes; never errors. The addresses are tried
    /// one after the other (RFC 3263 §4.3). Speaks in the protocol mailbox, or on the resolver's thread.
    /// </summary>
    public IObservable<Flow?> Connect() => Resolve().SelectMany(target => target is null ? Observable.Return<Flow?>(null) : Walk());

    /// <summary>From now on everything goes to that server.</summary>
    public void TurnTo(ServerName server)
    {
        if (Volatile.Read(ref _course).Server != server)
            Volatile.Write(ref _course, new Course(server, [], 0));
    }

    /// <summary>
    /// Leaves the current address for the next one, if it is the one that the flow leads to: it has been told once that it failed, maybe
    /// twice. Whether there is another one to be tried.
    /// </summary>
    public bool Leave(Flow flow)
    {
        if (Volatile.Read(ref _course).Target is { } target && target.Transport == flow.Transport && target.EndPoint.Equals(flow.RemoteEndPoint))
            Leave(target);
        return Volatile.Read(ref _course).Target is not null;
    }

    public void Dispose() => _watch.Dispose();

    private void Leave(SipTarget target)
    {
        var course = Volatile.Read(ref _course);
        if (course.Target == target)
            Interlocked.CompareExchange(ref _course, course.Next(), course);
    }

    private IObservable<SipTarget?> Resolve() => Observable.Defer(() =>
    {
        var course = Volatile.Read(ref _course);
        return course.Target is { } target
            ? Observable.Return<SipTarget?>(target)
            : _directory.Manager.Resolver.Resolve(course.Server.Host, course.Server.Port, course.Server.Transport)
                // A resolver doesn't fail; one that does knows no targets.
                .Catch(Observable.Empty<IReadOnlyList<SipTarget>>())
                .FirstOrDefaultAsync()
                .Select(list => Take(course, list ?? []));
    });

    // Registration and messages may look up at the same time: the first one decides, so that they go the same way.
    private SipTarget? Take(Course course, IReadOnlyList<SipTarget> targets)
    {
        Interlocked.CompareExchange(ref _course, course with { Targets = targets, Index = 0 }, course);
        return Volatile.Read(ref _course).Target;
    }

    // As deep as there are addresses. No Repeat: what answers on the spot would never let it see that it is over.
    private IObservable<Flow?> Walk() => Observable.Defer(() =>
        Volatile.Read(ref _course).Target is { } target
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

    private sealed record Course(ServerName Server, IReadOnlyList<SipTarget> Targets, int Index)
    {
        public SipTarget? Target => Index < Targets.Count ? Targets[Index] : null;

        // Behind the last one the name is looked up anew.
        public Course Next() => this with { Index = Index + 1 };
    }
}
