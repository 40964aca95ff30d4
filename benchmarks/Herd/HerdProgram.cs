using System.Globalization;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Testing;

namespace Rx.Sip.Benchmarks.Herd;

/// <summary>
/// The load that 10,000 endpoints of one platform offer their registrar, second by virtual second: a cold start, a restart of the server that
/// takes five seconds, and an outage of two minutes. Prints <c>second,registers,bindings</c>; figures/load-curve.py draws it.
/// </summary>
internal static class HerdProgram
{
    private const int Restart = 60;
    private const int Outage = 180;
    private const int Seconds = 600;

    public static int Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var perSecond = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : (int?)null;
        var world = new SimulatedNetwork(1);
        var names = Enumerable.Range(0, count).Select(number => $"u{number.ToString(CultureInfo.InvariantCulture)}").ToList();
        var server = world.StartServer(names.Aggregate(new EmbeddedServerSettings("example.test"), (settings, name) => settings.WithUser(name)));
        var registers = 0;
        server.Requests.Where(request => request.Request.Method == SipMethod.Register).Subscribe(_ => registers++);
        var platform = new CollaborationPlatform(new ClientPlatformSettings("Herd/1.0", SipTransportType.Tcp)
        {
            Connections = world.Connections("clients"),
            MaxRegistrationsPerSecond = perSecond,
        });
        foreach (var name in names)
            new UserEndpoint(platform, new UserEndpointSettings($"sip:{name}@example.test", "example.test", 0)).Establish().Subscribe(static _ => { }, static _ => { });

        world.After(TimeSpan.FromSeconds(Restart), server.Crash);
        world.After(TimeSpan.FromSeconds(Restart + 5), server.Restart);
        world.After(TimeSpan.FromSeconds(Outage), server.Crash);
        world.After(TimeSpan.FromSeconds(Outage + 120), server.Restart);
        Console.WriteLine("second,registers,bindings");
        var load = new int[Seconds];
        for (var second = 0; second < Seconds; second++)
        {
            registers = 0;
            world.RunFor(TimeSpan.FromSeconds(1));
            load[second] = registers;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{second},{registers},{server.Bindings.Count}"));
        }
        Sum("restart of 5 s", load, Restart + 5, Outage);
        Sum("outage of 120 s", load, Outage + 120, Seconds);
        return 0;
    }

    // Beside the figures, so that a file of them stays one.
    private static void Sum(string what, int[] load, int back, int until)
    {
        var offered = Enumerable.Range(back, until - back).Where(second => load[second] > 0).ToList();
        if (offered is [])
            return;
        var (first, last) = (offered[0], offered[^1]);
        var average = load[first..(last + 1)].Average();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: from {first - back} to {last - back} s behind its end, {average:F0} a second on average, {load[first..(last + 1)].Max()} in the busiest, {load[first..(last + 1)].Max() / average:F2} times as many"));
    }
}
