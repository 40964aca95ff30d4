using System.Diagnostics;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>How long each transaction took, by its number.</summary>
internal sealed class Latencies(int count)
{
    private readonly long[] _ticks = new long[count];
    private readonly bool[] _answered = new bool[count];

    public void Sent(int number) => _ticks[number] = Stopwatch.GetTimestamp();

    /// <summary>False for a second answer.</summary>
    public bool Answered(int number)
    {
        if (_answered[number])
            return false;
        _ticks[number] = Stopwatch.GetTimestamp() - _ticks[number];
        return _answered[number] = true;
    }

    /// <summary>The transactions among the first so many that have no answer: what has to be sent again when a datagram was lost.</summary>
    public IEnumerable<int> Unanswered(int sent) => Enumerable.Range(0, sent).Where(number => !_answered[number]);

    /// <summary>Microseconds that this part of the transactions did not exceed.</summary>
    public double Percentile(double part)
    {
        var sorted = _ticks.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))] * 1e6 / Stopwatch.Frequency;
    }
}
