using System.Diagnostics;
using System.Globalization;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>How large a process is.</summary>
/// <param name="WorkingSet">Octets of physical memory.</param>
/// <param name="Heap">Octets of live objects and what the collector has not found yet.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessSize(long WorkingSet, long Heap, int Threads)
{
    /// <summary>Of this process as it is.</summary>
    public static ProcessSize Now()
    {
        using var process = Process.GetCurrentProcess();
        return new ProcessSize(process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false), process.Threads.Count);
    }

    /// <summary>Of this process without what nobody holds.</summary>
    public static ProcessSize Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return Now();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mega(WorkingSet),8:F1} MB working set | {Mega(Heap),7:F1} MB heap | {Threads,3} threads");

    public static double Mega(long octets) => octets / 1e6;
}
