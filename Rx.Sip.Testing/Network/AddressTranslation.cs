namespace Rx.Sip.Testing.Network;

/// <summary>What a NAT in front of a host makes of its UDP ports: each goes by another one outside, until the NAT forgets.</summary>
internal sealed class AddressTranslation
{
    private const int FirstOutside = 20000;

    private readonly Dictionary<int, int> _outside = [];
    private readonly Dictionary<int, int> _inside = [];
    private int _next = FirstOutside;

    /// <summary>The port that datagrams from a port inside seem to come from; chosen with the first of them.</summary>
    public int Outside(int port)
    {
        if (_outside.TryGetValue(port, out var known))
            return known;
        _outside[port] = ++_next;
        _inside[_next] = port;
        return _next;
    }

    /// <summary>The port inside that a port outside leads to; null when it leads nowhere.</summary>
    public int? Inside(int port) => _inside.TryGetValue(port, out var inside) ? inside : null;

    public void Forget()
    {
        _outside.Clear();
        _inside.Clear();
    }
}
