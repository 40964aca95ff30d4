using System.Net;
using System.Reactive.Disposables;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>An edge proxy from one start to the next crash.</summary>
internal sealed class EdgeLife : ITransactionUser, IAsyncDisposable
{
    public const int Port = 5060;

    private const int FlowFailed = 430;

    private readonly RealTimeClientConnectionManager _manager;
    private readonly TransactionLayer _layer;
    private readonly CompositeDisposable _listening = [];
    private readonly FlowTokens _tokens;
    private readonly SipUri _core;
    private readonly string _self;

    public EdgeLife(ServerSite site, string core)
    {
        _manager = new RealTimeClientConnectionManager(site.Settings());
        _layer = new TransactionLayer(_manager, SipTimers.Default, this);
        _tokens = new FlowTokens(site.Identifiers);
        _core = SipUri.Parse($"sip:{core};transport=tcp;lr");
        _self = $"{site.Host!.Address}:{Port}";
        var local = new IPEndPoint(site.Host.Address, Port);
        _listening.Add(_manager.StartListening(SipTransportType.Udp, local).Subscribe());
        _listening.Add(_manager.StartListening(SipTransportType.Tcp, local).Subscribe());
        _listening.Add(_manager.FlowsClosed.Subscribe(closed => _tokens.Forget(closed.Flow)));
    }

    public int Flows => _tokens.Count;

    public int Transactions => _layer.ActiveTransactions;

    public void OnRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.MaxForwards == 0)
            transaction.Respond(SipStatus.TooManyHops);
        else if (request.Routes is [{ Uri: { User: { } token } mine }, ..] && IsSelf(mine))
            PassToDevice(transaction, token);
        else
            PassToCore(transaction);
    }

    public void OnAck(Flow flow, SipRequest ack)
    {
    }

    public void OnCancel(ServerTransaction invite, ServerTransaction cancel)
    {
    }

    public void OnStrayResponse(Flow flow, SipResponse response)
    {
    }

    public void OnUnanswered(ServerTransaction transaction)
    {
    }

    public async ValueTask DisposeAsync()
    {
        _layer.Dispose();
        _listening.Dispose();
        await _manager.DisposeAsync().ConfigureAwait(false);
    }

    private bool IsSelf(SipUri uri) => $"{uri.Host}:{uri.Port}" == _self;

    // RFC 5626 §5.3: over this flow or not at all.
    private void PassToDevice(ServerTransaction transaction, string token)
    {
        if (_tokens.Find(token) is not { } flow)
            transaction.Respond(FlowFailed);
        else
            Pass(transaction, Next(transaction.Request).WithoutFirstValue("Route"), new SipTarget(flow.Transport, flow.RemoteEndPoint, flow.RemoteEndPoint.Address.ToString()));
    }

    // RFC 5626 §5.1: the first hop of a registration.
    private void PassToCore(ServerTransaction transaction)
    {
        var request = Next(transaction.Request);
        if (request.Routes is [{ Uri: var top }, ..] && IsSelf(top))
            request = request.WithoutFirstValue("Route");
        if (request.Method == SipMethod.Register)
            request = request.WithFirstHeader("Path", $"<sip:{_tokens.Of(transaction.Flow)}@{_self};transport=tcp;lr;ob>");
        // RFC 5626 §5.3: what the dialog brings comes back over this flow.
        if (request.Method == SipMethod.Subscribe && request.To?.Tag is null)
            request = request.WithFirstHeader("Record-Route", $"<sip:{_tokens.Of(transaction.Flow)}@{_self};transport=tcp;lr>");
        if (request.Routes.Count == 0)
            request = request.WithHeader("Route", $"<{_core}>");
        Pass(transaction, request, null);
    }

    private void Pass(ServerTransaction transaction, SipRequest request, SipTarget? way) =>
        _layer.To(way).Request(request).Subscribe(response =>
        {
            // The topmost Via is ours (RFC 3261 §16.7 step 3); what we concluded ourselves has none.
            if (response.StatusCode != SipStatus.Trying)
                transaction.Respond(response.IsLocal ? SipResponse.For(transaction.Request, response.StatusCode, null, transaction.LocalTag) : response.WithoutFirstValue("Via"));
        });

    private static SipRequest Next(SipRequest request) =>
        request.WithHeader("Max-Forwards", ((request.MaxForwards ?? 70) - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
