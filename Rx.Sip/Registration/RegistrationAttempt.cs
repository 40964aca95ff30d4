using Rx.Sip.Messages;
using Rx.Sip.Transactions;

namespace Rx.Sip.Registration;

/// <summary>One attempt to register: connects, waits for its turn, sends, and hears the answer.</summary>
/// <param name="run">Who is told what came of it.</param>
/// <param name="loop">What it goes by.</param>
/// <param name="plan">The plan it was made for.</param>
internal sealed class RegistrationAttempt(RegistrationRun run, RegistrationLoop loop, RegistrationPlan plan) : RegistrationWork(loop), IObserver<RegistrarFlow?>
{
    private RegistrarFlow? _flow;
    private SipRequest? _request;
    private bool _isConnected;
    private bool _hasTurn;

    /// <summary>The contact of the REGISTER that has been sent; null while there is none.</summary>
    public NameAddress? Sent => _flow?.Contact;

    public override void Start()
    {
        _isConnected = false;
        Do(Loop.Access.Connect(plan.Redirection?.Hop), this);
    }

    void IObserver<RegistrarFlow?>.OnNext(RegistrarFlow? value)
    {
        if (_isConnected || IsOver)
            return;
        _isConnected = true;
        if (value is null)
            GiveUp(null);
        else if (Loop.Pace is { } pace && !_hasTurn)
            WaitForTurn(pace, value);
        else
            Bind(value);
    }

    void IObserver<RegistrarFlow?>.OnError(Exception error)
    {
        if (!_isConnected && !IsOver)
            GiveUp(error);
    }

    void IObserver<RegistrarFlow?>.OnCompleted()
    {
        if (!_isConnected && !IsOver)
            GiveUp(null);
    }

    protected override void Hear(SipResponse? final)
    {
        var response = final ?? SipResponse.Local(_request!, SipStatus.ServiceUnavailable, null);
        if (response.IsSuccess)
            Loop.Access.Settle();
        run.Conclude(new RegistrationEvent.Answered(response, _flow!)
        {
            Refusal = response.IsSuccess ? Loop.Access.Admit(response) : null,
            Redirection = Redirection.From(response, plan.Registrar, Loop.Access.Accepts),
            // RFC 3263 §4.3: who does not answer, or says 503, gives way to the next.
            HasAlternative = response is { IsLocal: true } or { StatusCode: SipStatus.ServiceUnavailable } && Loop.Access.TryLeave(),
        });
    }

    // Connected first, since many may wait for one connection, and would all send when it stands.
    private void WaitForTurn(RequestPace pace, RegistrarFlow flow)
    {
        var hasWaited = false;
        // Whoever has a binding to lose goes before those that have none.
        var turn = pace.Ask(plan.Binding is not null, () =>
        {
            _hasTurn = true;
            if (hasWaited)
                Start(); // What stood then may not stand now.
            else
                Bind(flow);
        });
        if (_hasTurn)
            return;
        hasWaited = true;
        Await(turn);
    }

    private void GiveUp(Exception? error)
    {
        Dispose();
        run.Conclude(new RegistrationEvent.Unreachable(error));
    }

    private void Bind(RegistrarFlow flow)
    {
        _flow = flow;
        Loop.Remember(plan, flow.Contact);
        try
        {
            _request = Loop.Requests.Bind(plan, flow.Contact);
            Send(_request);
        }
        catch (Exception error)
        {
            run.Fail(error);
        }
    }
}
