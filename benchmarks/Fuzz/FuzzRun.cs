using System.Diagnostics;
using System.Globalization;
using Rx.Sip.Benchmarks.Fuzz.Scrutiny;
using Rx.Sip.Testing.Generators;

namespace Rx.Sip.Benchmarks.Fuzz;

/// <summary>One seeded run: counts what it saw and tells each finding, up to a few of the same kind, with its input.</summary>
internal sealed class FuzzRun
{
    private const int LongestUsual = 8 * 1024;
    private const int Longest = 256 * 1024;
    private const int LongOnesAmong = 2000;
    private const int ToldOfAKind = 3;

    private readonly MessageScrutiny _scrutiny;
    private readonly MessageMutator _usual;
    private readonly MessageMutator _long;
    private readonly Watchdog _watchdog;
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private long _inputs;
    private long _octets;
    private TimeSpan _slowest;
    private TimeSpan _took;

    public FuzzRun(int seed, IReadOnlyList<ReadOnlyMemory<byte>> originals, Watchdog watchdog, int every)
    {
        _watchdog = watchdog;
        _scrutiny = new MessageScrutiny(new Random(seed), every);
        _usual = new MessageMutator(seed, originals, LongestUsual);
        _long = new MessageMutator(seed, originals, Longest);
    }

    public int Findings => _kinds.Values.Sum();

    public void Go(long count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0L; i < count; i++)
            One(i % LongOnesAmong == 0 ? _long.Next() : _usual.Next());
        _took = Stopwatch.GetElapsedTime(start);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{_inputs} inputs, {_octets} octets, {_scrutiny.Messages} messages, {_scrutiny.Readable} readable in spite of a defect, {Findings} findings, {_took.TotalSeconds:F0} s, the slowest {_slowest.TotalMilliseconds:F0} ms");

    private void One(ReadOnlyMemory<byte> input)
    {
        (_inputs, _octets) = (_inputs + 1, _octets + input.Length);
        var start = Stopwatch.GetTimestamp();
        _watchdog.Begin(input);
        try
        {
            _scrutiny.Examine(input);
        }
        catch (Exception error)
        {
            Tell(error, input);
        }
        _watchdog.End();
        var took = Stopwatch.GetElapsedTime(start);
        _slowest = took > _slowest ? took : _slowest;
    }

    private void Tell(Exception error, ReadOnlyMemory<byte> input)
    {
        var place = error.StackTrace?.Split('\n').FirstOrDefault(line => !line.Contains("Require", StringComparison.Ordinal))?.Trim();
        var kind = error is ScrutinyException ? error.Message : $"{error.GetType().Name} {error.Message} {place}";
        var seen = _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        if (seen <= ToldOfAKind)
            Console.WriteLine($"{kind}\n  {(error is ScrutinyException ? place : error.ToString())}\n  {Convert.ToBase64String(input.Span)}");
    }
}
