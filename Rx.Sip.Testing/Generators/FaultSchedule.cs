using System.Collections.Immutable;
using static System.FormattableString;

namespace Rx.Sip.Testing.Generators;

/// <summary>
/// How badly a network treats what runs on it, and when it stops: loss, delay and duplication all the time, and faults of one host one
/// after the other. From <see cref="End"/> on the network is whole and loses nothing, so a property can say what must be true again by then.
/// </summary>
/// <param name="Seed">For the <see cref="SimulatedNetwork"/>: decides which datagrams are lost.</param>
public sealed record FaultSchedule(int Seed)
{
    /// <summary>How long octets travel at least, also behind the end.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How much longer they may travel.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of datagrams that are lost.</summary>
    public double Loss { get; init; }

    /// <summary>The share of datagrams that arrive twice.</summary>
    public double Duplication { get; init; }

    /// <summary>The share of datagrams that are overtaken.</summary>
    public double Reordering { get; init; }

    /// <summary>The faults, in order and one at a time.</summary>
    public ImmutableArray<NetworkFault> Faults { get; init; } = [];

    /// <summary>When everything is over.</summary>
    public TimeSpan End => Faults.IsEmpty ? TimeSpan.Zero : Faults[^1].End;

    /// <summary>Has it happen on a network from now on, the faults to that host.</summary>
    public void ApplyTo(SimulatedNetwork network, string host)
    {
        ArgumentNullException.ThrowIfNull(network);
        var target = network.Host(host);
        SetConditions(network, spoiled: true);
        foreach (var fault in Faults)
        {
            network.After(fault.At, () => Begin(network, target, fault.Kind));
            if (fault.Duration > TimeSpan.Zero)
                network.After(fault.End, () => Finish(network, target, fault.Kind));
        }
        network.After(End, () => SetConditions(network, spoiled: false));
    }

    /// <summary>Equal when everything is.</summary>
    public bool Equals(FaultSchedule? other) =>
        other is not null
        && (Seed, Latency, Jitter, Loss, Duplication, Reordering) == (other.Seed, other.Latency, other.Jitter, other.Loss, other.Duplication, other.Reordering)
        && Faults.SequenceEqual(other.Faults);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Seed, Latency, Loss, Faults.Length);

    /// <summary>All of it in one line.</summary>
    public override string ToString() => Invariant(
        $"seed {Seed}, latency {Latency.TotalMilliseconds} ms, jitter {Jitter.TotalMilliseconds} ms, loss {Loss}, duplication {Duplication}, reordering {Reordering}: {string.Join("; ", Faults)}");

    private void SetConditions(SimulatedNetwork network, bool spoiled)
    {
        var conditions = network.Conditions;
        (conditions.Latency, conditions.Jitter) = (Latency, spoiled ? Jitter : TimeSpan.Zero);
        (conditions.Loss, conditions.Duplication, conditions.Reordering) = spoiled ? (Loss, Duplication, Reordering) : (0, 0, 0);
    }

    private static void Begin(SimulatedNetwork network, SimulatedHost host, NetworkFaultKind kind)
    {
        switch (kind)
        {
            case NetworkFaultKind.Partition:
                foreach (var other in Others(network, host))
                    network.Link(host.Name, other.Name).Cut();
                break;
            case NetworkFaultKind.Crash when ServerOn(network, host) is { } server:
                server.Crash();
                break;
            case NetworkFaultKind.Crash:
                host.Crash();
                break;
            case NetworkFaultKind.DropConnections:
                host.DropConnections();
                break;
            default:
                host.ForgetConnections();
                break;
        }
    }

    private static void Finish(SimulatedNetwork network, SimulatedHost host, NetworkFaultKind kind)
    {
        if (kind == NetworkFaultKind.Partition)
        {
            foreach (var other in Others(network, host))
                network.Link(host.Name, other.Name).Heal();
        }
        else if (ServerOn(network, host) is { } server)
        {
            server.Restart();
        }
        else
        {
            host.Restart();
        }
    }

    private static List<SimulatedHost> Others(SimulatedNetwork network, SimulatedHost host) => [.. network.Hosts.Where(other => other != host)];

    private static EmbeddedServer? ServerOn(SimulatedNetwork network, SimulatedHost host) => network.Servers.Find(server => server.Host == host);
}
