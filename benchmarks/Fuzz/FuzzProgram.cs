using System.Globalization;
using Rx.Sip.Benchmarks.Fuzz.Scrutiny;

namespace Rx.Sip.Benchmarks.Fuzz;

/// <summary>Mutated messages through the whole message layer, as many as wanted; or, with <c>--scaling</c>, the cost of hostile shapes by length.</summary>
internal static class FuzzProgram
{
    public static int Run(string[] args)
    {
        if (args.Contains("--scaling"))
            return ScalingProgram.Run(Value(args, "--shape", ""));
        if (Value(args, "--input", "") is { Length: > 0 } input)
        {
            new MessageScrutiny(new Random(1), every: 1).Examine(Convert.FromBase64String(input));
            return 0;
        }
        var (count, seed) = (long.Parse(Value(args, "--count", "1000000"), CultureInfo.InvariantCulture), int.Parse(Value(args, "--seed", "1"), CultureInfo.InvariantCulture));
        var originals = Originals.All(seed, Value(args, "--corpus", Path.Combine("..", "shared", "corpus")));
        Console.WriteLine($"{originals.Count} messages, {count} mutants of them from seed {seed}");
        using var watchdog = new Watchdog(TimeSpan.FromSeconds(10));
        var run = new FuzzRun(seed, originals, watchdog, int.Parse(Value(args, "--every", "4"), CultureInfo.InvariantCulture));
        run.Go(count);
        Console.WriteLine(run);
        return run.Findings > 0 ? 1 : 0;
    }

    private static string Value(string[] args, string name, string otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : otherwise;
}
