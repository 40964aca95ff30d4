using System.Diagnostics;
using System.Globalization;

namespace Rx.Sip.Benchmarks.Micro;

/// <summary>
/// The micro-benchmarks in seconds instead of minutes: each beside the floor, in turns, the best of many rounds. Coarser than
/// BenchmarkDotNet, and good enough to see what a change does.
/// </summary>
internal static class RatioProgram
{
    private const int Rounds = 60;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(4);

    public static int Run()
    {
        Console.WriteLine($"{"",-28}{"ns",10}{"x floor",10}{"octets",10}");
        foreach (var sample in Enum.GetValues<Sample>())
        {
            var (parse, write) = (new ParseBenchmarks { Sample = sample }, new WriteBenchmarks { Sample = sample });
            parse.Read();
            write.Read();
            (string Name, Func<int> Run)[] subjects =
            [
                ("floor", parse.FindLinesAndColons),
                ("parse", () => parse.Parse().Bytes.Length),
                ("parse, read", parse.ParseAndRead),
                ("parse, read as values", parse.ParseAndReadValues),
                ("parse, check", () => parse.ParseAndCheck() ? 1 : 0),
                ("write as held", write.AsHeld),
                ("write canonical", write.Canonical),
                ("with top Via", write.WithTopVia),
                ("response", write.Respond),
                ("edit", write.Edit),
                ("create", write.Create),
                ("with body", write.WithBody),
            ];
            Show(sample, subjects);
        }
        return 0;
    }

    private static void Show(Sample sample, (string Name, Func<int> Run)[] subjects)
    {
        var counts = subjects.Select(subject => CountFor(subject.Run)).ToArray();
        var best = subjects.Select(_ => double.MaxValue).ToArray();
        for (var round = 0; round < Rounds; round++)
            for (var i = 0; i < subjects.Length; i++)
                best[i] = Math.Min(best[i], Time(subjects[i].Run, counts[i]));
        for (var i = 0; i < subjects.Length; i++)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{$"{sample}: {subjects[i].Name}",-28}{best[i],10:F1}{best[i] / best[0],10:F2}{Allocated(subjects[i].Run),10}"));
    }

    private static int CountFor(Func<int> run)
    {
        // The first runs are for the compiler, which has another look at what runs often.
        for (var i = 0; i < 20; i++)
            Time(run, 5_000);
        return Math.Max(1, (int)(Round.TotalNanoseconds / Time(run, 5_000)));
    }

    private static double Time(Func<int> run, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            run();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    private static long Allocated(Func<int> run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            run();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }
}
