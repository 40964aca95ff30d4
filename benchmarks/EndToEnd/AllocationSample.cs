using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>Which types this process allocates most of, from the runtime's own samples (one per 100 kB).</summary>
internal sealed class AllocationSample : EventListener
{
    private const EventKeywords Gc = (EventKeywords)1;

    private readonly ConcurrentDictionary<string, long> _octets = new();

    public void Print()
    {
        var total = Math.Max(1, _octets.Values.Sum());
        foreach (var (type, octets) in _octets.OrderByDescending(pair => pair.Value).Take(15))
            Console.WriteLine($"{100.0 * octets / total,5:F1} %  {type}");
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            EnableEvents(eventSource, EventLevel.Verbose, Gc);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true && eventData.Payload is [_, _, _, ulong octets, _, string type, ..])
            _octets.AddOrUpdate(type, (long)octets, (_, sum) => sum + (long)octets);
    }
}
