using System.Globalization;
using System.Net;
using Rx.Sip.Benchmarks.EndToEnd;
using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>
/// Many connections that each send messages at a steady pace, first alone, then beside one peer that floods garbage and one that sends requests and reads
/// nothing: how long the others wait for their answers, how large the server becomes, which limits it used. Server and hostile peers have processes of
/// their own.
/// </summary>
internal static class LoadProgram
{
    public static int Run(string[] args)
    {
        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
        var (connections, count, seconds) = (options.GetValueOrDefault("--connections", 1000), options.GetValueOrDefault("--count", 100), options.GetValueOrDefault("--seconds", 15));
        using var server = new OtherProcess("serve-load");
        var address = IPEndPoint.Parse(server.ReadLine());
        using var crowd = new Crowd(address, connections);
        crowd.Speak(Math.Max(1, count / 10), TimeSpan.FromSeconds(Math.Max(1, seconds / 5)));
        Console.WriteLine($"{connections} connections, {count} messages each in {seconds} s");
        Console.WriteLine("         | answered | p50 ms |  p99 ms | max ms | server CPU s | most MB working set, heap");
        var quiet = Phase("quiet", server, crowd, count, seconds);
        using var garbage = new OtherProcess("hostile", "garbage", address.ToString());
        using var silent = new OtherProcess("hostile", "silent", address.ToString());
        garbage.ReadLine();
        silent.ReadLine();
        var hostile = Phase("hostile", server, crowd, count, seconds);
        Console.WriteLine($"{garbage.Ask("")}; {silent.Ask("")}");
        Console.WriteLine($"limits exceeded: {server.Ask("limits")}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p99 beside hostile peers is {hostile / quiet:F2} times its quiet value"));
        return hostile <= 2 * quiet ? 0 : 1;
    }

    /// <summary>The server: tells what it has used up and its largest size since it was last asked, or which limits were exceeded.</summary>
    public static int Serve()
    {
        var server = new LoadServer(TrafficLimits.Default, TimeSpan.FromMinutes(3));
        var largest = new LargestSize();
        Console.WriteLine(server.Address);
        while (Console.ReadLine() is { } line)
            Console.WriteLine(line == "limits"
                ? string.Join(", ", Enum.GetValues<TrafficLimit>().Where(limit => server.Traffic.Exceeded(limit) > 0).Select(limit => $"{limit} {server.Traffic.Exceeded(limit)}"))
                : $"{Environment.CpuUsage.TotalTime.TotalSeconds.ToString(CultureInfo.InvariantCulture)} {largest.Take()}");
        largest.Dispose();
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return 0;
    }

    private static double Phase(string name, OtherProcess server, Crowd crowd, int count, int seconds)
    {
        var before = double.Parse(server.Ask("").Split(' ')[0], CultureInfo.InvariantCulture);
        var latencies = crowd.Speak(count, TimeSpan.FromSeconds(seconds));
        var after = server.Ask("").Split(' ');
        var cpu = double.Parse(after[0], CultureInfo.InvariantCulture) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-8} | {latencies.Count,8} | {At(latencies, 0.5),6:F2} | {At(latencies, 0.99),7:F2} | {latencies[^1],6:F1} | {cpu,12:F2} | {after[1]}, {after[2]}"));
        return At(latencies, 0.99);
    }

    private static double At(List<double> sorted, double part) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];
}
