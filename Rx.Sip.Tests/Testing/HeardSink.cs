using System.Text;
using Rx.Sip.Testing;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Testing;

/// <summary>Notes what a simulated transport says, and how much time had gone by.</summary>
internal sealed class HeardSink(SimulatedNetwork network) : ITransportSink
{
    private readonly StringBuilder _octets = new();

    public List<string> Said { get; } = [];

    public List<ITransportFlow> Flows { get; } = [];

    public Action<ITransportFlow, string> OnReceived { get; init; } = static (_, _) => { };

    /// <summary>All octets that came, one after the other.</summary>
    public string Octets => _octets.ToString();

    public void Opened(ITransportFlow flow)
    {
        Flows.Add(flow);
        Say("opened");
    }

    public void Received(ITransportFlow flow, ReadOnlySpan<byte> octets)
    {
        var text = Encoding.UTF8.GetString(octets);
        _octets.Append(text);
        Say(text);
        OnReceived(flow, text);
    }

    public void Closed(ITransportFlow flow, Exception? error) =>
        Say(error is System.Net.Sockets.SocketException socket ? $"closed: {socket.SocketErrorCode}" : "closed");

    private void Say(string what) => Said.Add($"{network.Scheduler.Elapsed.TotalMilliseconds:0.###} {what}");
}
