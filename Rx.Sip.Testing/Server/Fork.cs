using System.Reactive.Linq;
using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Server;

/// <summary>
/// One request passed on to several devices: all of a group at once, one group after the other until somebody takes it. What is
/// sent is not taken back when one has answered: a message is for every device.
/// </summary>
internal sealed class Fork(ServerRequest incoming, IReadOnlyList<IReadOnlyList<IObservable<SipResponse>>> groups, string? information, Action over)
{
    private readonly List<SipResponse> _refusals = [];
    private bool _isAnswered;

    public void Start() => Try(0);

    private void Try(int group)
    {
        if (_isAnswered || group == groups.Count)
            Finish();
        else
            groups[group].Merge().Subscribe(OnResponse, () => Try(group + 1));
    }

    private void OnResponse(SipResponse response)
    {
        if (_isAnswered || response.StatusCode == SipStatus.Trying)
            return;
        if (!response.IsFinal)
            incoming.Respond(Upstream(response));
        else if (response.IsSuccess || response.StatusCode >= 600)
            Answer(response);
        else
            _refusals.Add(response);
    }

    private void Finish()
    {
        if (!_isAnswered && BestResponse.Of(_refusals) is { } best)
            Answer(best);
        over();
    }

    // RFC 3261 §16.7 step 6: a 503 is about one device, not about us.
    private void Answer(SipResponse response)
    {
        _isAnswered = true;
        incoming.Respond(response.IsLocal || response.StatusCode == SipStatus.ServiceUnavailable
            ? incoming.Make(SipStatus.TemporarilyUnavailable, "no device could be reached")
            : Upstream(response));
    }

    // The topmost Via is ours (RFC 3261 §16.7 step 3).
    private SipResponse Upstream(SipResponse response)
    {
        var own = response.WithoutFirstValue("Via");
        return information is not null && response.IsSuccess ? own.WithHeader("Proxy-Authentication-Info", information) : own;
    }
}
