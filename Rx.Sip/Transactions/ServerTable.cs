using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>The server transactions by their keys.</summary>
internal sealed class ServerTable
{
    private readonly Dictionary<byte[], ServerDriver> _byKey;
    private readonly Dictionary<byte[], ServerDriver>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;

    public ServerTable()
    {
        _byKey = new Dictionary<byte[], ServerDriver>(new ServerKeyComparer());
        _bySpan = _byKey.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _byKey.Count;

    public ServerDriver? Find(ReadOnlySpan<byte> key) => _bySpan.TryGetValue(key, out var server) ? server : null;

    /// <summary>The transaction of that method that a request belongs to: the INVITE of an ACK or CANCEL.</summary>
    public ServerDriver? Find(SipRequest request, SipMethod method) => Find(ServerKey.Of(request, method, stackalloc byte[ServerKey.Room]));

    public void Add(ServerDriver server) => _byKey.Add(server.Key, server);

    public void Remove(ServerDriver server) => _byKey.Remove(server.Key);

    public void Clear() => _byKey.Clear();
}
