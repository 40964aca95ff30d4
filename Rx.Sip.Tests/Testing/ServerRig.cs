using Rx.Sip.Messages;
using Rx.Sip.Testing;

namespace Rx.Sip.Tests.Testing;

/// <summary>A server of example.test on a simulated network of 10 ms latency, and devices of its users.</summary>
internal sealed class ServerRig
{
    public ServerRig(Func<EmbeddedServerSettings, EmbeddedServerSettings> settings)
    {
        Network.Conditions.Latency = TimeSpan.FromMilliseconds(10);
        Server = Network.StartServer(settings(new EmbeddedServerSettings("example.test").WithUser("alice", "secret").WithUser("bob", "secret").WithUser("carol")));
    }

    public ServerRig() : this(static settings => settings)
    {
    }

    public SimulatedNetwork Network { get; } = new(1);

    public EmbeddedServer Server { get; }

    public double Seconds => Network.Scheduler.Elapsed.TotalSeconds;

    public Device Device(string name) => Device(name, SipTransportType.Udp);

    public Device Device(string name, SipTransportType transport) => new(Network, Server, name, transport, name == "carol" ? null : "secret");

    public Device Registered(string name, SipTransportType transport)
    {
        var device = Device(name, transport);
        var response = device.Send(device.Register(device.Contact));
        return response.StatusCode == SipStatus.Ok ? device : throw new InvalidOperationException(response.ToString());
    }

    public Device Registered(string name) => Registered(name, SipTransportType.Udp);

    public void Run(double seconds) => Network.RunFor(TimeSpan.FromSeconds(seconds));
}
