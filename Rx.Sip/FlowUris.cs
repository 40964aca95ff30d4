using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>The two ends of a flow as URIs. Those of the flow asked for last are kept: thousands of endpoints may share it. In the protocol mailbox.</summary>
internal sealed class FlowUris
{
    private Flow? _flow;
    private string? _sentBy;
    private SipUri? _local;
    private SipUri? _remote;

    /// <summary>Where we can be called over the flow, with its transport.</summary>
    public SipUri Local(Flow flow)
    {
        Look(flow);
        return _local!;
    }

    /// <summary>Whom the flow leads to, with its transport.</summary>
    public SipUri Remote(Flow flow)
    {
        Look(flow);
        return _remote!;
    }

    private void Look(Flow flow)
    {
        var sentBy = flow.SentBy;
        if (flow == _flow && sentBy == _sentBy)
            return;
        var transport = EndpointIdentity.NameOf(flow.Transport);
        _local = SipUri.Parse($"sip:{sentBy};transport={transport}");
        // A zone is known to this host alone and has no place in a URI.
        _remote = SipUri.Parse($"sip:{new IPEndPoint(new IPAddress(flow.RemoteEndPoint.Address.GetAddressBytes()), flow.RemoteEndPoint.Port)};transport={transport}");
        (_flow, _sentBy) = (flow, sentBy);
    }
}
