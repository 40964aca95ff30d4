using System.Reactive.Disposables;
using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>One request, over one flow after the other until somebody answers it. Cold: each subscription is an exchange of its own.</summary>
internal sealed class FlowWalk(OutboundFlows flows, SipRequest request) : IObservable<SipResponse>
{
    public IDisposable Subscribe(IObserver<SipResponse> observer)
    {
        var walk = new Walk(flows, request, observer);
        walk.Start();
        return walk;
    }

    private sealed class Walk(OutboundFlows flows, SipRequest request, IObserver<SipResponse> observer) : IObserver<SipResponse>, IDisposable
    {
        private readonly SerialDisposable _transaction = new();
        private readonly List<OutboundFlow> _tried = [];
        private OutboundFlow? _next;
        private bool _isHeard;

        public void Start() => Try(flows.Best(_tried)!);

        public void OnNext(SipResponse value)
        {
            // Who has begun to answer is there: what comes of it is the answer.
            _isHeard |= !value.IsFinal && value.StatusCode > SipStatus.Trying;
            _next = value.IsFinal && Failed(value) && !_isHeard ? flows.Best(_tried) : null;
            if (_next is null)
                observer.OnNext(value);
        }

        public void OnError(Exception error) => observer.OnError(error);

        public void OnCompleted()
        {
            if (_next is { } next)
                Try(next);
            else
                observer.OnCompleted();
        }

        public void Dispose() => _transaction.Dispose();

        // No answer may mean a dead proxy; a 503, that it has nobody to pass the request on to.
        private bool Failed(SipResponse final)
        {
            if (final.IsLocal)
                _tried[^1].Suspect();
            else
                _tried[^1].Trust();
            return final.IsLocal || final.StatusCode == SipStatus.ServiceUnavailable;
        }

        private void Try(OutboundFlow flow)
        {
            _next = null;
            _tried.Add(flow);
            // In its place before it runs: a transaction that fails at once begins its successor inside Subscribe.
            var transaction = new SingleAssignmentDisposable();
            _transaction.Disposable = transaction;
            if (!transaction.IsDisposed)
                transaction.Disposable = OutboundFlows.Over(flow, request).Subscribe(this);
        }
    }
}
