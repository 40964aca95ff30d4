namespace Rx.Sip.Diagnostics;

/// <summary>How often each limit was exceeded; equal when all counts are.</summary>
internal readonly struct LimitCounts(long[] counts) : IEquatable<LimitCounts>
{
    /// <summary>How many limits there are.</summary>
    public static int Length { get; } = Enum.GetValues<TrafficLimit>().Length;

    public long this[TrafficLimit limit] => counts is null || (uint)limit >= (uint)counts.Length ? 0 : counts[(int)limit];

    public bool Equals(LimitCounts other) => (counts ?? []).AsSpan().SequenceEqual(other.Values);

    public override bool Equals(object? obj) => obj is LimitCounts other && Equals(other);

    public override int GetHashCode() => (counts ?? []).Aggregate(0, HashCode.Combine);

    private ReadOnlySpan<long> Values => counts ?? [];
}
