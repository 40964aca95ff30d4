namespace Rx.Sip.Benchmarks.Fuzz;

/// <summary>Ends the program, saying the input, when one input takes too long.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private ReadOnlyMemory<byte> _input;
    private DateTime _since = DateTime.MaxValue;

    public Watchdog(TimeSpan patience) => (_patience, _timer) = (patience, new Timer(_ => Look(), null, patience, patience / 4));

    public void Begin(ReadOnlyMemory<byte> input)
    {
        lock (_gate)
            (_input, _since) = (input, DateTime.UtcNow);
    }

    public void End()
    {
        lock (_gate)
            _since = DateTime.MaxValue;
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_gate)
        {
            if (_since == DateTime.MaxValue || DateTime.UtcNow - _since < _patience)
                return;
            Console.Error.WriteLine($"takes longer than {_patience}: {Convert.ToBase64String(_input.Span)}");
            Environment.Exit(3);
        }
    }
}
