using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators.Parts;

namespace Rx.Sip.Testing.Generators;

/// <summary>
/// A dialog (RFC 3261 §12) from its first request to its last response, or an exchange of messages without one: tags, sequence numbers,
/// branches, Record-Route and Route fit together. The messages are as the user agent sees them that answers the first request: what
/// comes to it went through the proxies of the route set, what it sends has just its own Via.
/// </summary>
public sealed class DialogScript
{
    internal DialogScript(DialogPlan plan, IReadOnlyList<DialogStep> steps) => (Plan, Steps) = (plan, steps);

    /// <summary>What it is about.</summary>
    public DialogKind Kind => Plan.Kind;

    /// <summary>The messages in order.</summary>
    public IReadOnlyList<DialogStep> Steps { get; }

    /// <summary>The requests in order.</summary>
    public IEnumerable<SipRequest> Requests => Steps.Select(step => step.Message).OfType<SipRequest>();

    /// <summary>The responses in order.</summary>
    public IEnumerable<SipResponse> Responses => Steps.Select(step => step.Message).OfType<SipResponse>();

    internal DialogPlan Plan { get; }

    /// <summary>One line a message.</summary>
    public override string ToString() => $"{Kind}\n{string.Join('\n', Steps)}";
}
