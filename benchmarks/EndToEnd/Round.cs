using System.Diagnostics;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>What one round measured, per transaction.</summary>
internal sealed record Round(double PerSecond, double ClientCpu, double ServerCpu, double P50, double P99, double ClientAllocated, double ServerAllocated)
{
    /// <summary>CPU seconds of both processes per 10,000 transactions: what rounds are ranked by.</summary>
    public double Cpu => ClientCpu + ServerCpu;

    public static Round Measure(IBenchmarkClient client, ServerProcess server, int count, int concurrency)
    {
        var latencies = new Latencies(count);
        var (mine, its, start) = (Usage.Now, server.Usage, Stopwatch.GetTimestamp());
        client.Run(count, concurrency, latencies);
        var elapsed = Stopwatch.GetElapsedTime(start);
        (mine, its) = (Usage.Now - mine, server.Usage - its);
        return new Round(
            count / elapsed.TotalSeconds,
            mine.Cpu.TotalSeconds * 10_000 / count,
            its.Cpu.TotalSeconds * 10_000 / count,
            latencies.Percentile(0.50),
            latencies.Percentile(0.99),
            (double)mine.Allocated / count,
            (double)its.Allocated / count);
    }
}
