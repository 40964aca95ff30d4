namespace Rx.Sip.Benchmarks.Fuzz;

/// <summary>A message that repeats one thing as often as its length allows.</summary>
/// <param name="Name">What it repeats.</param>
/// <param name="Make">Makes one of about that many octets.</param>
internal sealed record HostileShape(string Name, Func<int, byte[]> Make);
