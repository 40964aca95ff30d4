using System.Globalization;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>
/// MESSAGE and its 200 between two processes on loopback, beside the floor: the same octets bounced by bare sockets. Prints the median
/// round by CPU, and the whole as CPU seconds per 10,000 transactions.
/// </summary>
internal static class EndToEndProgram
{
    public static int Run(string[] args)
    {
        var options = Options(args);
        var rounds = int.Parse(options.GetValueOrDefault("--rounds", "5"), CultureInfo.InvariantCulture);
        var count = int.Parse(options.GetValueOrDefault("--count", "50000"), CultureInfo.InvariantCulture);
        using var sample = options.ContainsKey("--allocations") ? new AllocationSample() : null;
        Console.WriteLine("subject      over at-a-time |  trans/s | CPU s/10k = client + server | p50 us  p99 us | B/trans client  server");
        foreach (var transport in options.GetValueOrDefault("--transport", "udp,tcp").Split(',').Select(name => Enum.Parse<SipTransportType>(name, ignoreCase: true)))
            foreach (var concurrency in options.GetValueOrDefault("--concurrency", "1,20,200").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
                foreach (var subject in options.GetValueOrDefault("--subject", string.Join(',', Subject.All.Select(one => one.Name))).Split(',').Select(Subject.Named))
                    Print(subject, transport, concurrency, Median(subject, transport, concurrency, count, rounds));
        sample?.Print();
        return 0;
    }

    private static Round Median(Subject subject, SipTransportType transport, int concurrency, int count, int rounds)
    {
        using var server = new ServerProcess(subject, transport);
        var client = subject.Connect(transport, server.Address);
        client.Run(count, concurrency, new Latencies(count));
        var all = Enumerable.Range(0, rounds).Select(_ => Round.Measure(client, server, count, concurrency)).OrderBy(round => round.Cpu).ToList();
        client.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return all[all.Count / 2];
    }

    private static void Print(Subject subject, SipTransportType transport, int concurrency, Round round) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{subject.Name,-12} {transport,-4} {concurrency,9} | {round.PerSecond,8:F0} | {round.Cpu,9:F3} = {round.ClientCpu:F3} + {round.ServerCpu:F3}   | {round.P50,6:F0} {round.P99,7:F0} | {round.ClientAllocated,14:F0} {round.ServerAllocated,7:F0}"));

    private static Dictionary<string, string> Options(string[] args) =>
        args.Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length == 2 ? pair[1] : throw new ArgumentException($"{pair[0]} needs a value."));
}
