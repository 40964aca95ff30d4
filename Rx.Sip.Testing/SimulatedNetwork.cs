using System.Net;
using System.Net.Sockets;
using Rx.Sip.Runtime;
using Rx.Sip.Testing.Network;

namespace Rx.Sip.Testing;

/// <summary>
/// A network that exists in memory and on virtual time: hosts, links between them, a name service, and everything that can go
/// wrong with them. It carries octets, so what runs on it is the same as over real sockets. The same seed and the same
/// story give the same traffic, octet for octet. It belongs to one thread: the one that tells the story and lets time run.
/// </summary>
public sealed class SimulatedNetwork
{
    // Longer than anything that ends by itself.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Topology _topology;
    private readonly Estate _estate = new();

    /// <summary>A network without hosts, at the first instant of its time.</summary>
    /// <param name="seed">Decides everything that is left to chance.</param>
    public SimulatedNetwork(long seed)
    {
        Seed = seed;
        Identifiers = new SipIdentifiers(seed);
        _topology = new Topology(this);
        Nowhere = new SimulatedHost(this, "nowhere", IPAddress.None);
        Nowhere.GoDown();
    }

    /// <summary>What decides everything that is left to chance.</summary>
    public long Seed { get; }

    /// <summary>The time everything on this network lives by.</summary>
    public VirtualTime Scheduler { get; } = new();

    /// <summary>The present instant.</summary>
    public DateTimeOffset Now => Scheduler.Now;

    /// <summary>How well the network carries, except over links with conditions of their own.</summary>
    public NetworkConditions Conditions { get; } = new();

    /// <summary>The name service; it knows every host by its name.</summary>
    public NameTable Names { get; } = new();

    /// <summary>What went over the network so far.</summary>
    public Traffic Traffic { get; } = new();

    /// <summary>Seeded randomness for what runs on the network; give each part a <see cref="SipIdentifiers.Fork"/>.</summary>
    public SipIdentifiers Identifiers { get; }

    /// <summary>The hosts, in the order in which they came.</summary>
    public IReadOnlyList<SimulatedHost> Hosts => _topology.Hosts;

    internal SimulatedHost Nowhere { get; }

    internal List<EmbeddedServer> Servers { get; } = [];

    internal List<DnsServer> DnsServers { get; } = [];

    /// <summary>The host of that name; made, with the next free address of 10.0.0.0/8, when there is none.</summary>
    public SimulatedHost Host(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _topology.Find(name) ?? Add(name, null);
    }

    /// <summary>A new host with an address of its own choice.</summary>
    public SimulatedHost AddHost(string name, IPAddress address)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(address);
        return Add(name, address);
    }

    /// <summary>The link between two hosts, which are made if there are none of these names.</summary>
    public NetworkLink Link(string first, string second) => _topology.Link(Host(first), Host(second));

    /// <summary>Parts these hosts from all others, those included that come later; among themselves they go on. Adds to partitions there are.</summary>
    public void Partition(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _topology.Part(names.Select(Host));
        Note($"{string.Join(", ", names)} cut off from all others");
    }

    /// <summary>Ends all partitions, and every cut of a link.</summary>
    public void Heal()
    {
        Note("everything is connected again");
        _topology.Heal();
    }

    /// <summary>Breaks off every connection between two hosts as something between them might: both hear a connection reset at once.</summary>
    public void DropConnections(string first, string second)
    {
        var (one, other) = (Host(first), Host(second));
        foreach (var end in one.ConnectionsTo(other).Concat(other.ConnectionsTo(one)).ToList())
            end.Break(new SocketException((int)SocketError.ConnectionReset));
    }

    /// <summary>Puts a line of the story's own into the traffic.</summary>
    public void Note(string text) => Traffic.Note(Now, text);

    /// <summary>Has something done when that much time has gone by from now.</summary>
    public void After(TimeSpan delay, Action action)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(action);
        Scheduler.ScheduleOwn(Now + delay, action);
    }

    /// <summary>Lets that much time go by.</summary>
    public void RunFor(TimeSpan span) => Explained(() => Scheduler.RunFor(span));

    /// <summary>Lets time go by until the condition holds. Throws <see cref="SimulationException"/> when it does not within that time.</summary>
    public void RunUntil(Func<bool> condition, TimeSpan atMost) => Explained(() =>
    {
        if (!Scheduler.RunUntil(condition, atMost))
            throw new SimulationException($"What was waited for did not happen within {atMost}.");
    });

    /// <summary>
    /// Lets time go by until nothing is scheduled any more; the clock stays at the last instant at which something was. Throws
    /// <see cref="SimulationException"/> when that is not so within a day: what refreshes itself never comes to rest.
    /// </summary>
    public void RunUntilIdle() => Explained(() =>
    {
        if (!Scheduler.RunUntil(() => Scheduler.NextDue is null, Longest))
            throw new SimulationException($"Nothing came to rest within {Longest}; scheduled are:\n{string.Join('\n', Scheduler.Pending.Take(20))}");
    });

    /// <summary>
    /// Lets time go by until the task is done, at most a day, and throws what it threw. What the task waits for must happen on this
    /// network: a thread of the task pool is given a moment of real time to carry on, no more.
    /// </summary>
    public void Await(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        Explained(() =>
        {
            if (!Scheduler.RunUntilDone(task, Longest))
                throw new SimulationException($"The task was not done within {Longest}.");
        });
        task.GetAwaiter().GetResult();
    }

    /// <summary>The result of a task: see <see cref="Await(Task)"/>.</summary>
    public T Await<T>(Task<T> task)
    {
        Await((Task)task);
        return task.Result;
    }

    /// <summary>Takes charge of something that runs on the network: <see cref="AssertNothingLeft"/> disposes it.</summary>
    public T Own<T>(T thing) where T : IAsyncDisposable
    {
        _estate.Own(thing);
        return thing;
    }

    /// <summary>Has <see cref="AssertNothingLeft"/> look at a count that has to be zero in the end.</summary>
    /// <param name="what">What is counted, in the plural: <c>transactions of alice</c>.</param>
    /// <param name="count">How many there are.</param>
    public void Watch(string what, Func<int> count)
    {
        ArgumentException.ThrowIfNullOrEmpty(what);
        ArgumentNullException.ThrowIfNull(count);
        _estate.Watch(what, count);
    }

    /// <summary>
    /// Disposes what the network owns, the youngest first, letting time go by until it is done; then throws
    /// <see cref="SimulationException"/> with a list of what is left: calls scheduled on its time, open sockets, listeners and
    /// connections of its hosts, and counts that are watched.
    /// </summary>
    public void AssertNothingLeft()
    {
        while (_estate.TakeNext() is { } thing)
            Await(thing.DisposeAsync().AsTask());
        RunFor(TimeSpan.Zero);
        List<string> left =
        [
            .. Scheduler.Pending.Select(call => $"scheduled, {call}"),
            .. Hosts.SelectMany(host => host.OpenPorts).Select(port => $"open: {port}"),
            .. _estate.Left(),
        ];
        if (left.Count > 0)
            throw Explain(new SimulationException($"{left.Count} things are left:\n{string.Join('\n', left)}"));
    }

    /// <summary>Tells a story on a network of that seed. What it throws comes out with the seed and the ladder of its traffic.</summary>
    public static void Check(long seed, Action<SimulatedNetwork> story)
    {
        ArgumentNullException.ThrowIfNull(story);
        var network = new SimulatedNetwork(seed);
        try
        {
            story(network);
        }
        catch (Exception error)
        {
            throw network.Explain(error);
        }
    }

    /// <summary>Tells a story on as many networks, with the seeds from 1 on: see <see cref="Check"/>.</summary>
    public static void CheckSeeds(int count, Action<SimulatedNetwork> story)
    {
        for (var seed = 1; seed <= count; seed++)
            Check(seed, story);
    }

    internal bool AreParted(SimulatedHost first, SimulatedHost second) =>
        _topology.AreParted(first, second);

    internal Lane LaneTo(SimulatedHost from, IPEndPoint remote)
    {
        var to = IPAddress.IsLoopback(remote.Address) ? from : _topology.Find(remote.Address) ?? Nowhere;
        return _topology.Link(from, to).LaneFrom(from);
    }

    internal void CheckWaiting() => _topology.CheckWaiting();

    private SimulationException Explain(Exception error) => error is SimulationException { IsExplained: true } explained
        ? explained
        : new($"{error.Message}\n\nseed {Seed}, at {Scheduler.Elapsed}\n{Traffic}", error) { IsExplained = true };

    private void Explained(Action run)
    {
        try
        {
            run();
        }
        catch (SimulationException error)
        {
            throw Explain(error);
        }
    }

    private SimulatedHost Add(string name, IPAddress? address)
    {
        var host = _topology.Add(name, address);
        Names.Set(name, new IPEndPoint(host.Address, 0));
        return host;
    }
}
