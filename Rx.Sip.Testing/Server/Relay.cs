using System.Collections.Immutable;
using System.Globalization;
using System.Reactive.Linq;
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
    private const int FlowFailed = 430;
    private const int SipsNotAllowed = 380;

    private readonly HashSet<LoopKey> _underway = [];

    /// <summary>Whether the request has been here and is being passed on already (RFC 3261 §16.3 step 4).</summary>
    public bool IsLoop(ServerRequest incoming) =>
        _underway.Contains(LoopKey.Of(incoming.Request))
        && incoming.Request.Vias.Any(via => incoming.Flow.SentBy == (via.Port is { } port ? $"{via.Host}:{port}" : via.Host));

    /// <summary>Passes the request on to those devices of a user that are meant; <paramref name="information"/> proves to the sender who we are.</summary>
    public void Pass(ServerRequest incoming, string user, Func<ServerBinding, bool> isMeant, string? information)
    {
        var bindings = locations.Of(user).Where(isMeant).ToImmutableArray();
        if (bindings.IsEmpty)
        {
            incoming.Refuse(SipStatus.TemporarilyUnavailable, $"{user} has an account, but no device is registered now");
            return;
        }
        // RFC 5630 §5.3: not at all rather than in the open.
        if (incoming.IsSecure && (bindings = [.. bindings.Where(binding => binding.Contact.Uri.IsSecure)]).IsEmpty)
        {
            incoming.Refuse(incoming.Make(SipStatus.TemporarilyUnavailable, SipsNotAllowed, "SIPS Not Allowed"));
            return;
        }
        news.Relayed();
        var key = LoopKey.Of(incoming.Request);
        _underway.Add(key);
        var request = Prepare(incoming.Request);
        var devices = bindings.GroupBy<ServerBinding, object>(binding => binding is { IsOutbound: true, Instance: { } instance } ? instance : binding).Select(flows => flows.OrderByDescending(flow => flow.Until).ToList());
        var groups = settings.TriesByPreference
            ? devices.GroupBy(flows => flows[0].Preference).OrderByDescending(group => group.Key).Select(group => group.ToList())
            : [[.. devices]];
        List<IReadOnlyList<IObservable<SipResponse>>> branches = [.. groups.Select(group => group.ConvertAll(flows => Device(request, flows, 0)))];
        new Fork(incoming, branches, information, over: () => _underway.Remove(key)).Start();
    }

    // RFC 3261 §16.4 and §16.6 step 3; credentials meant for us alone go no further (§22.3).
    private SipRequest Prepare(SipRequest request)
    {
        var hops = ((request.MaxForwards ?? 71) - 1).ToString(CultureInfo.InvariantCulture);
        var copy = request.WithHeader("Max-Forwards", hops).WithoutHeader("Route");
        return copy.ProxyAuthorization is [var only] && only.Get("realm") == settings.Domain ? copy.WithoutHeader("Proxy-Authorization") : copy;
    }

    // Several flows of one instance are one device: the next one is tried when the latest has failed (RFC 5626 §5.3, §11.5).
    private IObservable<SipResponse> Device(SipRequest request, List<ServerBinding> flows, int index) =>
        Branch(request, flows[index]).SelectMany(response =>
        {
            if (response.StatusCode == FlowFailed)
                locations.Replace(flows[index].User, locations.Of(flows[index].User).Remove(flows[index]), ServerBindingChangeKind.Deactivated);
            return response.IsFinal && (response.IsLocal || response.StatusCode == FlowFailed) && index + 1 < flows.Count
                ? Device(request, flows, index + 1)
                : Observable.Return(response);
        });

    // By the proxies it registered by (RFC 3327 §5.4); over the flow it registered by, as long as that stands (RFC 5626 §5.3); else to
    // where its contact says.
    private IObservable<SipResponse> Branch(SipRequest request, ServerBinding binding)
    {
        var way = binding.Flow is { IsOpen: true } flow ? new SipTarget(flow.Transport, flow.RemoteEndPoint, binding.Contact.Uri.Host) : null;
        // What was not asked to be secure on the whole way must not look so on its last part (RFC 5630 §5.3); it is, all the same.
        var contact = binding.Contact.Uri;
        var copy = request.WithRequestUri(SipsUri.Is(request.RequestUriOctets) ? contact : SipsUri.Plain(contact));
        return binding.Paths.Count == 0
            ? layer.To(way).Request(copy)
            : layer.To(null).Request(copy.WithHeader("Route", string.Join(", ", binding.Paths)));
    }
}
