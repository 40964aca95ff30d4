using System.Globalization;
using System.Net;
using Rx.Sip.Benchmarks.EndToEnd;
using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>
/// Many connections that each send messages at a steady pace, in turns alone and beside one peer that floods garbage and one that sends requests and reads
/// nothing: how long the others wait for their answers, how large the server becomes, which limits it used. Server and hostile peers have processes of
/// their own.
/// </summary>
internal static class LoadProgram
{
    public static int Run(string[] args)
    {
        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
        var (connections, count, seconds, rounds) =
            (options.GetValueOrDefault("--connections", 1000), options.GetValueOrDefault("--count", 100), options.GetValueOrDefault("--seconds", 15), options.GetValueOrDefault("--rounds", 3));
        using var server = new OtherProcess("serve-load");
        var address = IPEndPoint.Parse(server.ReadLine());
        using var crowd = new Crowd(address, connections);
        crowd.Speak(Math.Max(1, count / 5), TimeSpan.FromSeconds(Math.Max(1, seconds / 5)));
        server.Ask("");
        Console.WriteLine($"{connections} connections, {count} messages each in {seconds} s");
        Console.WriteLine("        | answered | p50 ms |  p99 ms | max ms | server CPU s | most MB working set | most MB heap");
        var (quiet, hostile) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            quiet.Add(Phase("quiet", server, crowd, count, seconds));
            hostile.Add(BesideHostile(server, crowd, count, seconds, address));
        }
        Console.WriteLine($"limits exceeded: {server.Ask("limits")}");
        var (median, beside) = (Median(quiet), Median(hostile));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median p99: quiet {median:F2} ms | beside hostile peers {beside:F2} ms | {beside / median:F2} times as long"));
        return beside <= 2 * median ? 0 : 1;
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

    private static double BesideHostile(OtherProcess server, Crowd crowd, int count, int seconds, IPEndPoint address)
    {
        using var garbage = new OtherProcess("hostile", "garbage", address.ToString());
        using var silent = new OtherProcess("hostile", "silent", address.ToString());
        garbage.ReadLine();
        silent.ReadLine();
        var p99 = Phase("hostile", server, crowd, count, seconds);
        Console.WriteLine($"        | {garbage.Ask("")}; {silent.Ask("")}");
        return p99;
    }

    private static double Phase(string name, OtherProcess server, Crowd crowd, int count, int seconds)
    {
        var before = double.Parse(server.Ask("").Split(' ')[0], CultureInfo.InvariantCulture);
        var latencies = crowd.Speak(count, TimeSpan.FromSeconds(seconds));
        var after = server.Ask("").Split(' ');
        var cpu = double.Parse(after[0], CultureInfo.InvariantCulture) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-7} | {latencies.Count,8} | {At(latencies, 0.5),6:F2} | {At(latencies, 0.99),7:F2} | {latencies[^1],6:F1} | {cpu,12:F2} | {after[1],19} | {after[2],12}"));
        return At(latencies, 0.99);
    }

    private static double At(List<double> sorted, double part) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];

    private static double Median(List<double> values) => At([.. values.Order()], 0.5);
}
