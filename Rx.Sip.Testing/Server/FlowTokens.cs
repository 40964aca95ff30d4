using Rx.Sip.Runtime;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>The names under which an edge proxy's flows go in paths (RFC 5626 §5.2). Inside the mailbox, but for the count.</summary>
internal sealed class FlowTokens(SipIdentifiers identifiers)
{
    private readonly Dictionary<Flow, string> _tokens = [];
    private readonly Dictionary<string, Flow> _flows = new(StringComparer.Ordinal);

    public int Count => _flows.Count;

    /// <summary>The name of a flow; made with its first registration.</summary>
    public string Of(Flow flow)
    {
        if (_tokens.TryGetValue(flow, out var token))
            return token;
        token = identifiers.Text(20);
        _tokens.Add(flow, token);
        _flows.Add(token, flow);
        return token;
    }

    /// <summary>The flow of that name, if it stands.</summary>
    public Flow? Find(string token) => _flows.TryGetValue(token, out var flow) && flow.IsOpen ? flow : null;

    public void Forget(Flow flow)
    {
        if (_tokens.Remove(flow, out var token))
            _flows.Remove(token);
    }
}
