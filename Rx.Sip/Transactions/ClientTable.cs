using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// The client transactions by their keys, and those that wait for a response by their flows. Keys are our own random numbers:
/// nobody outside can make them collide.
/// </summary>
internal sealed class ClientTable(ConnectionThrottle throttle)
{
    private readonly Dictionary<ClientKey, ClientDriver> _byKey = [];

    public int Count => _byKey.Count;

    public void Add(ClientDriver client)
    {
        _byKey[client.Key] = client;
        var first = client.Flow.Tag as ClientDriver;
        client.NextOnFlow = first;
        if (first is not null)
            first.PreviousOnFlow = client;
        client.Flow.Tag = client;
        throttle.Begin(client.Flow);
    }

    public ClientDriver? Find(SipResponse response, in ViaSyntax via) =>
        ClientKey.TryRead(response, via, out var key) && _byKey.TryGetValue(key, out var client) ? client : null;

    public void Remove(ClientDriver client) => _byKey.Remove(client.Key);

    /// <summary>The transaction has its outcome, so what becomes of the flow doesn't concern it any more.</summary>
    public void StopWaiting(ClientDriver client)
    {
        if (client.PreviousOnFlow is null)
            client.Flow.Tag = client.NextOnFlow;
        else
            client.PreviousOnFlow.NextOnFlow = client.NextOnFlow;
        if (client.NextOnFlow is not null)
            client.NextOnFlow.PreviousOnFlow = client.PreviousOnFlow;
        (client.PreviousOnFlow, client.NextOnFlow) = (null, null);
        throttle.End(client.Flow);
    }

    /// <summary>Fails what waits for a response over a flow.</summary>
    public static void Fail(Flow flow)
    {
        // Each failure takes its transaction off the list.
        while (flow.Tag is ClientDriver client)
            client.Handle(new TransactionEvent(TransactionEventKind.TransportFailed));
    }

    /// <summary>Fails everything.</summary>
    public void Clear()
    {
        foreach (var client in _byKey.Values.ToList())
            client.Handle(new TransactionEvent(TransactionEventKind.TransportFailed));
        _byKey.Clear();
    }
}
