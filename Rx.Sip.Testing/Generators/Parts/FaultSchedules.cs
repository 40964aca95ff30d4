using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Fault schedules: a few faults with calm between them, and simpler ones.</summary>
internal static class FaultSchedules
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly Gen<NetworkFault> Fault =
        from kind in Gen.Elements(Enum.GetValues<NetworkFaultKind>())
        from calm in Gen.Frequency((2, Gen.Choose(1, 60)), (1, Gen.Choose(60, 900)))
        from lasting in Gen.Frequency((2, Gen.Choose(1, 40)), (1, Gen.Choose(40, 600)))
        select new NetworkFault(kind, calm * Second, kind is NetworkFaultKind.Partition or NetworkFaultKind.Crash ? lasting * Second : TimeSpan.Zero);

    public static Gen<FaultSchedule> Any { get; } =
        from seed in Gen.Choose(1, int.MaxValue)
        from latency in Gen.Elements(0, 1, 40, 150)
        from jitter in Gen.Elements(0, 0, 5, 80)
        from loss in Gen.Elements(0, 0, 0.02, 0.1, 0.3)
        from duplication in Gen.Elements(0, 0, 0.05, 0.3)
        from reordering in Gen.Elements(0, 0, 0.1)
        from count in Gen.Choose(0, 5)
        from faults in Fault.ArrayOf(count)
        select new FaultSchedule(seed)
        {
            Latency = TimeSpan.FromMilliseconds(latency),
            Jitter = TimeSpan.FromMilliseconds(jitter),
            Loss = loss,
            Duplication = duplication,
            Reordering = reordering,
            Faults = OneAfterTheOther(faults),
        };

    public static IEnumerable<FaultSchedule> Shrink(FaultSchedule schedule)
    {
        for (var i = 0; i < schedule.Faults.Length; i++)
            yield return schedule with { Faults = schedule.Faults.RemoveAt(i) };
        if (schedule.Loss + schedule.Duplication + schedule.Reordering > 0)
            yield return schedule with { Loss = 0, Duplication = 0, Reordering = 0 };
        if (schedule.Loss > 0)
            yield return schedule with { Loss = 0 };
        if (schedule.Duplication > 0)
            yield return schedule with { Duplication = 0 };
        if (schedule.Reordering > 0)
            yield return schedule with { Reordering = 0 };
        if (schedule.Jitter > TimeSpan.Zero || schedule.Latency > TimeSpan.Zero)
            yield return schedule with { Jitter = TimeSpan.Zero, Latency = TimeSpan.Zero };
        for (var i = 0; i < schedule.Faults.Length; i++)
            if (schedule.Faults[i].Duration > Second)
                yield return schedule with { Faults = schedule.Faults.SetItem(i, schedule.Faults[i] with { Duration = WholeSeconds(schedule.Faults[i].Duration / 2) }) };
    }

    // Their instants are the calm in front of each until here.
    private static ImmutableArray<NetworkFault> OneAfterTheOther(NetworkFault[] faults)
    {
        var end = TimeSpan.Zero;
        return [.. faults.Select(fault =>
        {
            var placed = fault with { At = end + fault.At };
            end = placed.End;
            return placed;
        })];
    }

    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
}
