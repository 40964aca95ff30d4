using System.Globalization;
using System.Net;
using Rx.Sip.Benchmarks.EndToEnd;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>
/// Very many idle TCP connections into one listener of the public API: how large its process is before, with them, after each has had an answer, and
/// when they are gone. Those who connect are in another process.
/// </summary>
internal static class ConnectionsProgram
{
    public static int Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var limits = new TrafficLimits { MaxConnections = 2 * count, MaxConnectionsPerPeer = 2 * count };
        var server = new LoadServer(limits, Timeout.InfiniteTimeSpan);
        using var callers = new OtherProcess("connect", server.Address.ToString());
        // The first of each kind makes what all use.
        callers.Ask("40");
        callers.Ask("message");
        callers.Ask("0");
        var before = Print("before", server);
        callers.Ask($"{count}");
        var idle = Print($"{count} idle", server);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"each        {(idle.WorkingSet - before.WorkingSet) / (double)count,8:F0} B working set | {(idle.Heap - before.Heap) / (double)count,7:F0} B heap"));
        Console.WriteLine($"answered a ping: {callers.Ask("ping")}");
        Print("pinged", server);
        Console.WriteLine($"answered a message: {callers.Ask("message")}");
        Print("spoken to", server);
        callers.Ask("0");
        SpinWait.SpinUntil(() => server.Traffic.Connections == 0, TimeSpan.FromSeconds(10));
        Print("gone", server);
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return idle.WorkingSet <= 200_000_000 ? 0 : 1;
    }

    /// <summary>The other process: holds as many connections as the last number it was told, and has each ping or send a message when told.</summary>
    public static int Connect(string[] args)
    {
        var server = IPEndPoint.Parse(args[0]);
        var callers = new List<Caller>();
        while (Console.ReadLine() is { } line)
        {
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var count))
                Hold(callers, count, server);
            Console.WriteLine(line switch
            {
                "ping" => callers.Count(caller => caller.Ping()),
                "message" => callers.Count(caller => caller.Ask()),
                _ => callers.Count,
            });
        }
        return 0;
    }

    private static void Hold(List<Caller> callers, int count, IPEndPoint server)
    {
        foreach (var caller in callers.Skip(count))
            caller.Dispose();
        callers.RemoveRange(Math.Min(count, callers.Count), Math.Max(0, callers.Count - count));
        while (callers.Count < count)
            callers.Add(new Caller(server, callers.Count));
        // One answer behind them all: they have been accepted.
        if (count > 0)
            callers[^1].Ping();
    }

    private static ProcessSize Print(string when, LoadServer server)
    {
        Thread.Sleep(500);
        var size = ProcessSize.Settled();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{when,-11} {size} | {server.Traffic.Connections,6} connections"));
        return size;
    }
}
