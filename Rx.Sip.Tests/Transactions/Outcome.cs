using Rx.Sip.Messages;

namespace Rx.Sip.Tests.Transactions;

/// <summary>What a request's observer is told, and when.</summary>
internal sealed class Outcome : IObserver<SipResponse>, IDisposable
{
    private readonly Wire _wire;
    private readonly IDisposable _subscription;

    public Outcome(IObservable<SipResponse> responses, Wire wire)
    {
        _wire = wire;
        _subscription = responses.Subscribe(this);
    }

    /// <summary>For example <c>1 180 Ringing</c>, <c>32 408 Request Timeout (local)</c>, <c>32 end</c>.</summary>
    public List<string> Log { get; } = [];

    public List<SipResponse> Responses { get; } = [];

    public SipResponse? Final => Responses.SingleOrDefault(response => response.IsFinal);

    public Action<SipResponse> OnResponse { get; set; } = _ => { };

    public void OnNext(SipResponse value)
    {
        Responses.Add(value);
        Note(value.ToString());
        OnResponse(value);
    }

    public void OnCompleted() => Note("end");

    public void OnError(Exception error) => Note(error.ToString());

    public void Dispose() => _subscription.Dispose();

    private void Note(string what) => Log.Add(FormattableString.Invariant($"{_wire.Now.TotalSeconds:0.###} {what}"));
}
