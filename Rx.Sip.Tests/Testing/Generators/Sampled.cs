using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Tests.Testing.Generators;

/// <summary>The same values in every run.</summary>
internal static class Sampled
{
    private const int Size = 50;
    private const int MostSteps = 10_000;

    public static IReadOnlyList<T> Of<T>(Arbitrary<T> arbitrary, int count) => Of(arbitrary, count, seed: 1);

    public static IReadOnlyList<T> Of<T>(Arbitrary<T> arbitrary, int count, ulong seed)
    {
        var seeds = new Random((int)seed);
        return [.. Enumerable.Range(0, count).SelectMany(_ => arbitrary.Generator.Sample(Size, new Rnd((ulong)seeds.NextInt64(), (ulong)seeds.NextInt64() | 1), 1))];
    }

    /// <summary>What a failing property shows: the first simpler value that still fails, and so on until there is none.</summary>
    public static T Shrunk<T>(Arbitrary<T> arbitrary, T value, Func<T, bool> fails)
    {
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (arbitrary.Shrinker(value).Where(fails).Take(1).ToList() is not [var simpler])
                return value;
            value = simpler;
        }
        throw new InvalidOperationException($"Shrinking has no end at {value}.");
    }
}
