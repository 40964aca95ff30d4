using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Bindings;
using Rx.Sip.Runtime;

namespace Rx.Sip;

/// <summary>What the registrar holds of an endpoint's user: every success tells it, and it may be asked for. Made when somebody is interested first.</summary>
/// <param name="core">The endpoint.</param>
/// <param name="flows">The ways to the registrar.</param>
/// <param name="settings">What is registered.</param>
/// <param name="instance">The endpoint's instance.</param>
/// <param name="first">What is known so far.</param>
internal sealed class BindingAccess(EndpointCore core, OutboundFlows flows, RegistrationSettings settings, Guid instance, BindingSet first)
{
    private readonly LatestStream<BindingSet> _latest = new(first, core.Mailbox);
    private readonly BindingRequests _requests = new(settings, core.Directory.Manager.Identifiers);

    public IObservable<BindingSet> Latest => _latest;

    /// <summary>A success lists all bindings; in the protocol mailbox.</summary>
    public BindingSet Hear(SipResponse success)
    {
        var listed = BindingSet.Of(success, core.Directory.Manager.Scheduler.Now, contact => core.IsContact(contact, instance));
        _latest.Publish(listed);
        return listed;
    }

    /// <summary>A notification tells what is bound; in the protocol mailbox.</summary>
    public void Hear(BindingSet notified)
    {
        var known = _latest.Latest;
        var completed = notified.Completed(known);
        if (!completed.TellsTheSameAs(known))
            _latest.Publish(completed);
    }

    /// <summary>Cold: sends that request and yields what the registrar holds afterwards.</summary>
    public IObservable<BindingSet> Ask(Func<BindingRequests, SipRequest> write) => Observable.Create<BindingSet>(observer =>
    {
        var relay = new MailboxObserver<BindingSet>(core.Mailbox, observer);
        core.Directory.Manager.Mailbox.Post(() => relay.Source = Send(write).Subscribe(relay));
        return relay;
    });

    public void Complete() => _latest.Complete();

    private IObservable<BindingSet> Send(Func<BindingRequests, SipRequest> write) => core.IsTerminated
        ? Observable.Throw<BindingSet>(new InvalidOperationException("The endpoint is terminated."))
        : flows.Registrar.Request(write(_requests)).FirstAsync(response => response.IsFinal).Select(Read);

    private BindingSet Read(SipResponse response) => response switch
    {
        { IsSuccess: true } => Hear(response),
        { IsLocal: true } => throw new ConnectionFailureException($"{settings.Registrar} can't be reached: {response}.", null),
        _ => throw new RegisterException($"{settings.Registrar} refuses: {response}.", response),
    };
}
