using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>
/// Passes requests on to the devices of users and the responses back, as a stateful proxy does (RFC 3261 §16), and knows what it
/// is passing on, so that a loop is noticed.
/// </summary>
internal sealed class Relay(EmbeddedServerSettings settings, TransactionLayer layer, LocationTable locations, ServerNews news)
{
    private readonly HashSet<LoopKey> _underway = [];

    /// <summary>Whether the request has been here and is being passed on already (RFC 3261 §16.3 step 4).</summary>
    public bool IsLoop(ServerRequest incoming) =>
        _underway.Contains(LoopKey.Of(incoming.Request))
        && incoming.Request.Vias.Any(via => incoming.Flow.SentBy == (via.Port is { } port ? $"{via.Host}:{port}" : via.Host));

    /// <summary>Passes the request on to a user; <paramref name="information"/> proves to the sender who we are.</summary>
    public void Pass(ServerRequest incoming, string user, string? information)
    {
        var bindings = locations.Of(user);
        if (bindings.IsEmpty)
        {
            incoming.Refuse(SipStatus.TemporarilyUnavailable, $"{user} has an account, but no device is registered now");
            return;
        }
        news.Relayed();
        var key = LoopKey.Of(incoming.Request);
        _underway.Add(key);
        var request = Prepare(incoming.Request);
        var groups = settings.TriesByPreference
            ? bindings.GroupBy(binding => binding.Preference).OrderByDescending(group => group.Key).Select(group => group.ToList())
            : [[.. bindings]];
        List<IReadOnlyList<IObservable<SipResponse>>> branches = [.. groups.Select(group => group.ConvertAll(binding => Branch(request, binding)))];
        new Fork(incoming, branches, information, over: () => _underway.Remove(key)).Start();
    }

    // RFC 3261 §16.4 and §16.6 step 3; credentials meant for us alone go no further (§22.3).
    private SipRequest Prepare(SipRequest request)
    {
        var hops = ((request.MaxForwards ?? 71) - 1).ToString(CultureInfo.InvariantCulture);
        var copy = request.WithHeader("Max-Forwards", hops).WithoutHeader("Route");
        return copy.ProxyAuthorization is [var only] && only.Get("realm") == settings.Domain ? copy.WithoutHeader("Proxy-Authorization") : copy;
    }

    // Over the flow the device registered by, as long as it stands (RFC 5626 §5.3); else to where its contact says.
    private IObservable<SipResponse> Branch(SipRequest request, ServerBinding binding)
    {
        var way = binding.Flow is { IsOpen: true } flow ? new SipTarget(flow.Transport, flow.RemoteEndPoint, binding.Contact.Uri.Host) : null;
        return layer.To(way).Request(request.WithRequestUri(binding.Contact.Uri));
    }
}
