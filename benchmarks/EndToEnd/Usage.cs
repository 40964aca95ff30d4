namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>What a process has used up so far.</summary>
internal readonly record struct Usage(TimeSpan Cpu, long Allocated)
{
    public static Usage Now => new(Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: false));

    public static Usage operator -(Usage later, Usage earlier) => new(later.Cpu - earlier.Cpu, later.Allocated - earlier.Allocated);

    public override string ToString() => FormattableString.Invariant($"{Cpu.Ticks} {Allocated}");

    public static Usage Parse(string line)
    {
        var parts = line.Split(' ');
        return new Usage(new TimeSpan(long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)), long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
