namespace Rx.Sip.Transports;

/// <summary>
/// The flows that were sent on while a thread works on received octets. They are written when that is done: twenty answers to
/// twenty requests that came together cost one call to the system.
/// </summary>
internal sealed class SendBatch
{
    private readonly List<TcpFlow> _flows = [];

    public bool IsOpen { get; private set; }

    public void Open() => IsOpen = true;

    public void Add(TcpFlow flow) => _flows.Add(flow);

    public void Close()
    {
        IsOpen = false;
        foreach (var flow in _flows)
            flow.Write();
        _flows.Clear();
    }
}
