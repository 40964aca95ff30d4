using Rx.Sip.Testing.Network;

namespace Rx.Sip.Testing;

/// <summary>
/// The way between two hosts of a simulated network, or between a host and itself. It has the network's conditions until it
/// is given some of its own. While it is cut, datagrams are lost and streams hold what is written to them (see
/// <see cref="NetworkConditions.StreamTimeout"/>).
/// </summary>
public sealed class NetworkLink
{
    private readonly SimulatedNetwork _network;
    private readonly Lane _there;
    private readonly Lane _back;
    private List<Action> _waiting = [];

    internal NetworkLink(SimulatedNetwork network, SimulatedHost first, SimulatedHost second)
    {
        (_network, First, Second) = (network, first, second);
        _there = new Lane(network, this, first, second);
        _back = first == second ? _there : new Lane(network, this, second, first);
        Conditions = first == second ? new NetworkConditions() : network.Conditions;
    }

    /// <summary>One of the hosts.</summary>
    public SimulatedHost First { get; }

    /// <summary>The other one.</summary>
    public SimulatedHost Second { get; }

    /// <summary>How well this link carries: the network's own conditions unless set. Between a host and itself it is perfect unless set.</summary>
    public NetworkConditions Conditions { get; set; }

    /// <summary>Whether nothing gets through: by <see cref="Cut"/> or by a partition of the network.</summary>
    public bool IsCut => IsCutItself || _network.AreParted(First, Second);

    internal bool IsCutItself { get; private set; }

    internal bool IsOpen => !IsCut && First.IsUp && Second.IsUp;

    /// <summary>Lets nothing through any more, what is on its way included. Nothing happens the second time.</summary>
    public void Cut() => Change(() => IsCutItself = true, "is cut");

    /// <summary>Ends a <see cref="Cut"/>: streams go on with what they hold. A partition of the network stays.</summary>
    public void Heal() => Change(() => IsCutItself = false, "is whole again");

    internal Lane LaneFrom(SimulatedHost host) => host == First ? _there : _back;

    /// <summary>Calls back once, as soon as something gets through again.</summary>
    internal void WhenOpen(Action goOn) => _waiting.Add(goOn);

    internal void CheckWaiting()
    {
        if (!IsOpen || _waiting.Count == 0)
            return;
        (var waiting, _waiting) = (_waiting, []);
        foreach (var goOn in waiting)
            goOn();
    }

    private void Change(Action change, string what)
    {
        var before = IsCutItself;
        change();
        if (IsCutItself == before)
            return;
        _network.Note($"the link {First} - {Second} {what}");
        CheckWaiting();
    }
}
