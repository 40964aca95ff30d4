using System.Globalization;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>Looks often how large this process is and remembers the most.</summary>
internal sealed class LargestSize : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private ProcessSize _largest;

    public LargestSize() => _timer = new Timer(_ => Look(), null, 0, 50);

    /// <summary>The largest since the last look, in megabytes: working set and heap.</summary>
    public string Take()
    {
        Look();
        lock (_gate)
        {
            var largest = _largest;
            _largest = default;
            return string.Create(CultureInfo.InvariantCulture, $"{ProcessSize.Mega(largest.WorkingSet):F0} {ProcessSize.Mega(largest.Heap):F0}");
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = ProcessSize.Now();
        lock (_gate)
            _largest = new ProcessSize(Math.Max(_largest.WorkingSet, now.WorkingSet), Math.Max(_largest.Heap, now.Heap), Math.Max(_largest.Threads, now.Threads));
    }
}
