namespace Rx.Sip.Transports;

/// <summary>What requests offer in their Via, so that a server can ask for less (RFC 7339 §4.1, §4.2).</summary>
public enum OverloadControlOffer
{
    /// <summary>Nothing. A server that is overloaded answers 503 and is obeyed as far as that goes.</summary>
    None,

    /// <summary>The loss algorithm, which every client has to have: <c>;oc;oc-algo="loss"</c>.</summary>
    Loss,

    /// <summary>
    /// The loss algorithm and the rate algorithm (RFC 7415): <c>;oc;oc-algo="loss,rate"</c>. There are servers that can't read the comma between
    /// the quotes and leave such requests unanswered, Kamailio 5.6 among them.
    /// </summary>
    LossAndRate,
}
