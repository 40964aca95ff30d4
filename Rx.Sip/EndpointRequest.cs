using Rx.Sip.Messages;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Runtime;

namespace Rx.Sip;

/// <summary>A request on its way out of an endpoint: cold, each subscription sends one; spoken to its observer in the endpoint's mailbox.</summary>
internal abstract class EndpointRequest(EndpointCore core) : IObservable<SipResponse>
{
    protected EndpointCore Core => core;

    public IDisposable Subscribe(IObserver<SipResponse> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var relay = new MailboxObserver<SipResponse>(core.Mailbox, observer);
        try
        {
            if (core.IsDraining)
                throw new InvalidOperationException(core.IsTerminated ? "The endpoint is terminated." : "The endpoint is ending and takes nothing new.");
            relay.Source = core.Client.Request(Make()).Subscribe(relay);
        }
        // Misuse is an error of this one stream, wherever in a pipeline it is subscribed to.
        catch (Exception misuse)
        {
            relay.OnError(misuse);
        }
        return relay;
    }

    /// <summary>The request of one subscription.</summary>
    protected abstract SipRequest Make();

    /// <summary>Sends a request as it is.</summary>
    internal sealed class Whole(EndpointCore core, SipRequest request) : EndpointRequest(core)
    {
        protected override SipRequest Make() => request;
    }

    /// <summary>Sends text.</summary>
    internal sealed class Text(EndpointCore core, RealTimeAddress target, string text) : EndpointRequest(core)
    {
        protected override SipRequest Make() => Core.Writer.Write(target, text);
    }

    /// <summary>Sends octets of any type.</summary>
    internal sealed class Octets(EndpointCore core, RealTimeAddress target, string contentType, ReadOnlyMemory<byte> body) : EndpointRequest(core)
    {
        protected override SipRequest Make() => Core.Writer.Write(target, contentType, body.Span);
    }

    /// <summary>Sends a body with the header fields that describe it.</summary>
    internal sealed class Content(EndpointCore core, RealTimeAddress target, ContentDescription content) : EndpointRequest(core)
    {
        protected override SipRequest Make() => Core.Writer.Write(target, content.ContentType.ToString(), content.Body.Span).WithBody(content);
    }
}
