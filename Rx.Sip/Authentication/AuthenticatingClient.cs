using Rx.Sip.Messages;
using Rx.Sip.Transactions;

namespace Rx.Sip.Authentication;

/// <summary>
/// Answers 401 and 407 (RFC 3261 §22) and passes everything else on as it comes. The request is sent again as a new
/// transaction with the next CSeq; whoever numbers requests has to go on from the CSeq of the final response. A
/// challenge that can't be answered is passed on as the final response it is.
/// </summary>
/// <param name="inner">What the requests go through.</param>
/// <param name="associations">What the endpoint has agreed on with its servers, shared by all its clients.</param>
internal sealed class AuthenticatingClient(IRequestClient inner, SecurityAssociations associations) : IRequestClient
{
    private volatile AuthenticationOutcome _outcome = AuthenticationOutcome.Open;
    private volatile bool _wasChallenged;

    /// <summary>How the request fared whose final response came last.</summary>
    public AuthenticationOutcome Outcome => _outcome;

    /// <summary>Whether any request through this client was ever challenged, or sent with the answer to an earlier challenge.</summary>
    public bool WasChallenged => _wasChallenged;

    /// <inheritdoc/>
    public IObservable<SipResponse> Request(SipRequest request) => new AuthenticatedRequest(this, request);

    internal IRequestClient Inner => inner;

    internal SecurityAssociations Associations => associations;

    internal void Challenged() => _wasChallenged = true;

    internal void Concluded(AuthenticationOutcome outcome) => _outcome = outcome;
}
