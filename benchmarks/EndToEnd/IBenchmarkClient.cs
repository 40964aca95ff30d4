namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The side that asks.</summary>
internal interface IBenchmarkClient : IAsyncDisposable
{
    /// <summary>Runs so many transactions, so many at a time, and returns when all are answered.</summary>
    void Run(int count, int concurrency, Latencies latencies);
}
